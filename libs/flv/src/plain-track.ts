import { AudioPacketType, SoundFormat } from './audio-header.ts';
import { uint8At } from './bytes.ts';
import { ExTag } from './ex-tag.ts';
import { FrameType, VideoPacketType } from './video-header.ts';

/**
 * What a receiver of single tracks shall get of a message: the body itself when it has no track
 * ids, track 0 in plain framing when it has, undefined when track 0 cannot be found in it.
 * Modifiers (a part of a millisecond, so far) are left away with the track ids.
 * A body given back unchanged is borrowed still; a rewritten one is the caller's.
 */
export function plainTrack(kind: 'audio' | 'video', body: Uint8Array): Uint8Array | undefined {
  const first = uint8At(body, 0);
  const enhanced = kind === 'video' ? (first & 0x80) !== 0 : first >> 4 === SoundFormat.EX_HEADER;
  if (!enhanced) return body;
  const isCommand = kind === 'video' && ((first >> 4) & 0x07) === FrameType.COMMAND;
  const tag = new ExTag();
  if (!tag.readPacketType(body)) return undefined;
  const { MULTITRACK } = kind === 'video' ? VideoPacketType : AudioPacketType;
  if (isCommand || tag.packetType !== MULTITRACK) return body;
  if (!tag.readTracksHeader(body, MULTITRACK)) return undefined;
  while (tag.nextTrack(body)) {
    if (tag.trackId !== 0) continue;
    const data = body.subarray(tag.dataStart, tag.dataEnd);
    const plain = Buffer.allocUnsafe(5 + data.length);
    plain.writeUInt8((first & 0xf0) | tag.packetType, 0);
    plain.writeInt32BE(tag.fourCc, 1);
    plain.set(data, 5);
    return plain;
  }
  return undefined;
}
