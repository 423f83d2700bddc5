import type { TakeoverPolicy } from '#contracts';
import type { Named } from '../../lib/client.ts';
import { textOf } from '../../lib/form-text.ts';

/** What the form is about. */
export type General = Required<Named<'ChangeStreamBody'>>;

export const graceSecondsMax = 1_800;

export const takeovers: readonly (readonly [TakeoverPolicy, string])[] = [
  ['takeover', 'It takes over from one that is silent, or that is the same'],
  ['reject', 'It is refused'],
  ['backup', 'It stands by as the backup'],
];

export function generalIn(form: FormData): General {
  const chosen = textOf(form, 'takeover');
  return {
    name: textOf(form, 'name').trim(),
    graceSeconds: Number(textOf(form, 'graceSeconds')),
    endOnUnpublish: form.has('endOnUnpublish'),
    takeover: takeovers.find(([policy]) => policy === chosen)?.[0] ?? 'takeover',
  };
}

/** What is other than it was, in words: empty when whoever changed it changed something else. */
export function changesOf(before: General, after: General): string[] {
  const { name, graceSeconds, endOnUnpublish, takeover } = after;
  return [
    name !== before.name && `Its name is “${name}”.`,
    graceSeconds !== before.graceSeconds && `A lost encoder is waited for ${graceSeconds} s.`,
    endOnUnpublish !== before.endOnUnpublish &&
      (endOnUnpublish
        ? 'It ends at once when the encoder stops the stream.'
        : 'It does not end at once when the encoder stops the stream.'),
    takeover !== before.takeover &&
      `A second encoder with the same key: ${lowered(
        takeovers.find(([policy]) => policy === takeover)?.[1] ?? takeover,
      )}.`,
  ].filter((line) => line !== false);
}

function lowered(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
