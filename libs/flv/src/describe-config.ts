import { parseAacConfig } from './aac-config.ts';
import { parseAv1Config } from './av1-config.ts';
import { parseAvcConfig } from './avc-config.ts';
import type { AacConfig, VideoConfig } from './codec-config.ts';
import { parseHevcConfig } from './hevc-config.ts';
import type { MediaTrack } from './media-traits.ts';

/** The configuration in a track of a video `config` packet, where its codec is one we can read. */
export function describeVideoConfig(track: MediaTrack): VideoConfig | undefined {
  switch (track.codec) {
    case 'avc1':
      return parseAvcConfig(track.data);
    case 'hvc1':
      return parseHevcConfig(track.data);
    case 'av01':
      return parseAv1Config(track.data);
    default:
      return undefined;
  }
}

/** The configuration in a track of an audio `config` packet, where its codec is one we can read. */
export function describeAudioConfig(track: MediaTrack): AacConfig | undefined {
  return track.codec === 'mp4a' ? parseAacConfig(track.data) : undefined;
}
