import { describeAudio, describeVideo } from '#flv';
import type { HeaderMessage } from '#ring';
import type { FourCcs } from '#rtmp';

const AUDIO_TYPE_ID = 8;
const VIDEO_TYPE_ID = 9;

/** The FourCCs of a stream's Enhanced RTMP tracks; none for H.264 and AAC in their old framing. */
export function fourCcsOf(headers: readonly HeaderMessage[]): FourCcs {
  const video = new Set<string>();
  const audio = new Set<string>();
  for (const { typeId, body } of headers) {
    if (typeId !== VIDEO_TYPE_ID && typeId !== AUDIO_TYPE_ID) continue;
    const isVideo = typeId === VIDEO_TYPE_ID;
    const { enhanced, tracks } = isVideo ? describeVideo(body) : describeAudio(body);
    if (!enhanced) continue;
    for (const { codec } of tracks) (isVideo ? video : audio).add(codec);
  }
  return { video: [...video], audio: [...audio] };
}
