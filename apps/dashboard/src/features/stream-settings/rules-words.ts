import type { Named } from '../../lib/client.ts';
import { kbitPerSecond } from '../../lib/words.ts';

/** A range a line, or several with a comma between: as they are pasted. */
export function rangesIn(text: string): string[] {
  return text.split(/[\s,;]+/).filter((range) => range !== '');
}

type RulesSeen = Pick<Named<'IngestRules'>, 'allowedCidrs' | 'kbpsMax' | 'authorise'>;

/** What holds, for those who do not change it. */
export function rulesWords({ allowedCidrs, kbpsMax, authorise }: RulesSeen): string[] {
  return [
    allowedCidrs.length === 0
      ? 'Encoders may come from everywhere.'
      : `Encoders may come from ${allowedCidrs.join(', ')}.`,
    kbpsMax === null
      ? 'Their bitrate has no limit of its own.'
      : `One that sends more than ${kbitPerSecond(kbpsMax)} is disconnected.`,
    ...(authorise === null ? [] : [`Your server is asked about each: ${authorise.url}.`]),
  ];
}
