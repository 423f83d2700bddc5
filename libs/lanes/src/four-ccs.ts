import { describeAudio, describeVideo, type AudioTraits, type VideoTraits } from '#flv';
import type { HeaderMessage } from '#ring';

const AUDIO_TYPE_ID = 8;
const VIDEO_TYPE_ID = 9;

/** The FourCCs of a stream's Enhanced RTMP tracks; none for H.264 and AAC in their old framing. */
export function fourCcsOf(headers: readonly HeaderMessage[]): readonly string[] {
  const found = new Set<string>();
  for (const { typeId, body } of headers) {
    const traits = traitsOf(typeId, body);
    if (traits?.enhanced !== true) continue;
    for (const track of traits.tracks) found.add(track.codec);
  }
  return [...found];
}

function traitsOf(typeId: number, body: Uint8Array): AudioTraits | VideoTraits | undefined {
  if (typeId === VIDEO_TYPE_ID) return describeVideo(body);
  return typeId === AUDIO_TYPE_ID ? describeAudio(body) : undefined;
}
