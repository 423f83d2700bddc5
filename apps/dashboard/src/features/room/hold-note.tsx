import type { HoldStatus } from '#contracts';
import { useStatus, useSummary } from '../../lib/live.ts';
import { useNow } from '../../lib/use-now.ts';
import { countdown } from '../../lib/words.ts';

const pictures: Readonly<Record<HoldStatus['picture'], string>> = {
  'last-picture': 'the last picture',
  keyframe: 'the last keyframe, again and again',
  slate: 'the slate',
  none: 'no picture',
};

const sounds: Readonly<Record<HoldStatus['sound'], string>> = {
  silence: 'silence',
  none: 'no sound',
};

interface HoldNoteProps {
  readonly streamId: string;
}

/**
 * What viewers see while no encoder is there, and for how long the broadcast waits for one. Mostly
 * the line at the top says it already: then there is no note, but where it is not the usual.
 */
export function HoldNote({ streamId }: HoldNoteProps) {
  const status = useStatus(streamId);
  const summary = useSummary(streamId);
  const hold = status?.hold ?? null;
  const graceEndsAt = status?.graceEndsAt ?? null;
  if (hold === null && graceEndsAt === null) return null;
  const isUsual = hold === null || hold.reason === '';
  if (isUsual && summary?.icon === 'hold') return null;
  return (
    <section className="note note-fair hold" aria-label="Encoder away">
      <p>
        {hold === null
          ? 'Destinations stay connected while the encoder is away.'
          : sentenceOf(hold)}
      </p>
      {graceEndsAt !== null && <Left until={graceEndsAt} />}
    </section>
  );
}

/** Nothing else of the note is drawn again each second. */
function Left({ until }: { readonly until: string }) {
  const now = useNow();
  return (
    <p>The broadcast ends {countdown(Date.parse(until) - now)} unless an encoder comes back.</p>
  );
}

function sentenceOf({ picture, sound, reason }: HoldStatus): string {
  const why = reason === '' ? '' : `: ${reason}`;
  return `Destinations are sent ${pictures[picture]} and ${sounds[sound]}${why}.`;
}
