import { describeAudio } from './describe-audio.ts';
import { describeVideo } from './describe-video.ts';

/** Packets that are kept for whoever joins. */
const slots: ReadonlySet<string> = new Set(['config', 'metadata', 'channels']);

/**
 * Names the slot that a header fills: of two bodies with one key, the later replaces the earlier.
 * `video:0:config`, `audio:1:channels`, `video:0+1:config` for a message of several tracks.
 * The codec is no part of it, since a track that changes its codec has one configuration still.
 * Empty for a body that is no header.
 */
export function headerKey(kind: 'audio' | 'video', body: Uint8Array): string {
  const { packet, tracks } = kind === 'video' ? describeVideo(body) : describeAudio(body);
  if (!slots.has(packet)) return '';
  return `${kind}:${tracks.map(({ trackId }) => trackId).join('+')}:${packet}`;
}
