import type { Still, StillInput } from '#still';
import type { FrameNumbers } from './encoder.ts';
import { AUDIO, audioFrame, look, VIDEO, videoFrame } from './frames.ts';

/** Slower than real ones, as all media here. */
const FRAME_MS = 500;
const KEYFRAME_MS = 2_000;
const BYTES = 24;

/** Stands in for `makeStill`: frames with numbers of their own, and their decoder's mark. */
export function makeSimStill({ headers, gop }: StillInput, numbers: FrameNumbers): Still {
  const markOf = (wanted: number): number | undefined => {
    const header = headers.findLast(({ typeId }) => typeId === wanted);
    return header === undefined ? undefined : look(wanted, Buffer.from(header.body))?.mark;
  };
  const videoMark = gop.some(({ typeId }) => typeId === VIDEO) ? markOf(VIDEO) : undefined;
  const audioMark = markOf(AUDIO);
  return {
    picture: videoMark === undefined ? 'none' : 'last-picture',
    sound: audioMark === undefined ? 'none' : 'silence',
    reason: videoMark === undefined ? 'there is no keyframe' : '',
    frameMs: videoMark === undefined ? 0 : FRAME_MS,
    keyframeMs: videoMark === undefined ? 0 : KEYFRAME_MS,
    soundMs: audioMark === undefined ? 0 : FRAME_MS,
    video: (kind) => videoFrame(numbers.take(), videoMark ?? 0, kind === 'keyframe', BYTES),
    audio: () => audioFrame(numbers.take(), audioMark ?? 0),
  };
}
