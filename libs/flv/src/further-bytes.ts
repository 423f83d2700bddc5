import { AudioPacketType } from './audio-header.ts';
import { ExTag } from './ex-tag.ts';
import { VideoPacketType } from './video-header.ts';

const tag = new ExTag();

/**
 * How many bytes of a message's data are of tracks beside track 0; `body` is one of Enhanced RTMP
 * with several tracks (borrowed). Never throws, allocates nothing.
 */
export function furtherBytes(kind: 'audio' | 'video', body: Uint8Array): number {
  const { MULTITRACK } = kind === 'video' ? VideoPacketType : AudioPacketType;
  if (!tag.readPacketType(body) || !tag.readTracksHeader(body, MULTITRACK)) return 0;
  let bytes = 0;
  while (tag.nextTrack(body)) bytes += tag.trackId === 0 ? 0 : tag.dataEnd - tag.dataStart;
  return bytes;
}
