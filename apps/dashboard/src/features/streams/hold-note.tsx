import type { HoldStatus, StreamStatus } from '#contracts';
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
  readonly status: StreamStatus | undefined;
  readonly now: number;
}

/**
 * What viewers see while no encoder is there, and for how long the broadcast waits for one. The
 * first is read out when it changes; the seconds are not.
 */
export function HoldNote({ status, now }: HoldNoteProps) {
  const hold = status?.hold ?? null;
  const graceEndsAt = status?.graceEndsAt ?? null;
  if (hold === null && graceEndsAt === null) return null;
  return (
    <div className="note note-fair hold">
      <output>
        {hold === null
          ? 'Destinations stay connected while the encoder is away.'
          : sentenceOf(hold)}
      </output>
      {graceEndsAt !== null && (
        <p>
          The broadcast ends {countdown(Date.parse(graceEndsAt) - now)} unless an encoder comes
          back.
        </p>
      )}
    </div>
  );
}

function sentenceOf({ picture, sound, reason }: HoldStatus): string {
  const why = reason === '' ? '' : `: ${reason}`;
  return `Destinations are sent ${pictures[picture]} and ${sounds[sound]}${why}.`;
}
