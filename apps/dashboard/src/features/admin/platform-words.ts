import type { Named } from '../../lib/client.ts';
import { kbitPerSecond } from '../../lib/words.ts';

type Platform = Named<'Platform'>;

export const sourceKinds: Readonly<Record<Platform['sources'][number]['kind'], string>> = {
  documented: 'by the platform',
  listed: 'in the list of an encoder',
  reported: 'by others',
};

const codecNames: Readonly<Record<string, string>> = {
  h264: 'H.264',
  hevc: 'HEVC',
  av1: 'AV1',
  aac: 'AAC',
  mp3: 'MP3',
  opus: 'Opus',
  ac3: 'AC-3',
  flac: 'FLAC',
};

const backups: Readonly<Record<NonNullable<Platform['backupIngest']>, string>> = {
  'same-key': 'A backup server takes the same key.',
  'other-key': 'The backup has a key of its own.',
  none: 'There is no backup server.',
};

/** What the platform takes, a line each. What it does not say is left out. */
export function limitLines(platform: Platform): string[] {
  const { limits, videoCodecs, audioCodecs, backupIngest, keyLifetime } = platform;
  const { videoKbpsMax, audioKbpsMax, heightMax, fpsMax, hoursMax } = limits;
  const { keyframeSecondsMax, keyframeSecondsWanted } = limits;
  const codecs = [...videoCodecs, ...audioCodecs].map((codec) => codecNames[codec] ?? codec);
  return [
    `Takes ${codecs.join(', ')}.`,
    videoKbpsMax !== null && `Video up to ${kbitPerSecond(videoKbpsMax)}.`,
    audioKbpsMax !== null && `Audio up to ${kbitPerSecond(audioKbpsMax)}.`,
    heightMax !== null && `Pictures up to ${heightMax} lines.`,
    fpsMax !== null && `Up to ${fpsMax} pictures a second.`,
    keyframeSecondsMax !== null && `A keyframe every ${keyframeSecondsMax} s at least.`,
    keyframeSecondsMax === null &&
      keyframeSecondsWanted !== null &&
      `A keyframe every ${keyframeSecondsWanted} s is asked for.`,
    hoursMax !== null && `A broadcast lasts ${hoursMax} h at most.`,
    keyLifetime === 'per-event' && 'Every broadcast has a key of its own.',
    backupIngest !== null && backups[backupIngest],
  ].filter((line) => line !== false);
}
