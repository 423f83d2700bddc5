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

/** What viewers see while no encoder is there, and for how long the broadcast waits for one. */
export function HoldNote({ status, now }: HoldNoteProps) {
  const hold = status?.hold ?? null;
  const graceEndsAt = status?.graceEndsAt ?? null;
  if (hold === null && graceEndsAt === null) return null;
  return (
    <output className="note note-fair hold">
      {hold === null ? (
        <p>Destinations stay connected while the encoder is away.</p>
      ) : (
        <p>
          Destinations are sent {pictures[hold.picture]} and {sounds[hold.sound]}
          {hold.reason !== '' && `: ${hold.reason}`}.
        </p>
      )}
      {graceEndsAt !== null && (
        <p>
          The broadcast ends {countdown(Date.parse(graceEndsAt) - now)} unless an encoder comes
          back.
        </p>
      )}
    </output>
  );
}
