import { makeAvcSlate, makeAvcStill } from './avc-still.ts';
import { makeHevcStill, makeRepeatedMessage } from './key-still.ts';
import { makeSilence } from './silence.ts';
import { NOT_AVC } from './slate.ts';
import { noVideo } from './still.ts';
import type { Still, StillInput, StillVideo } from './still.ts';
import { configurationOf, findFrame } from './video-framing.ts';
import type { TimedFrame } from './video-framing.ts';

const VIDEO = 9;

/**
 * What can be shown and heard in the place of a stream that stopped: as little changed as its
 * codecs and what is left of its pictures allow. `slate`: a picture of the owner's to be shown
 * instead, coded with one slice as `slateCoding` has it, as a byte stream with its parameter sets.
 * Copies what it keeps. Never throws.
 */
export function makeStill(input: StillInput, slate?: Uint8Array): Still {
  const video = makePicture(input, slate);
  const audio = makeSilence(input);
  const reason = [video.reason, audio.reason].filter((each) => each !== '').join('; ');
  return {
    picture: video.picture,
    frameMs: video.frameMs,
    keyframeMs: video.keyframeMs,
    video: (kind, dtsMs) => video.video(kind, dtsMs),
    sound: audio.sound,
    soundMs: audio.soundMs,
    audio: () => audio.audio(),
    reason,
  };
}

function makePicture({ headers, gop }: StillInput, slate?: Uint8Array): StillVideo {
  const messages = gop.filter(({ typeId }) => typeId === VIDEO);
  const first = messages.findIndex(({ body }) => findFrame(body)?.isKeyframe === true);
  const keyframe = messages[first];
  const found = keyframe && findFrame(keyframe.body);
  if (keyframe === undefined || found === undefined) {
    return noVideo(messages.length > 0 ? 'its keyframe is gone' : '');
  }
  const { codec } = found.track;
  if (codec !== 'avc1' && codec !== 'hvc1') {
    return withoutSlate(makeRepeatedMessage(codec, keyframe.body), slate && NOT_AVC);
  }
  const framing = { codec, isEnhanced: found.isEnhanced } as const;
  const frames = messages.slice(first).flatMap(({ body, timestampMs }): TimedFrame[] => {
    const { track } = findFrame(body) ?? {};
    if (track === undefined || track.codec !== codec) return [];
    return [{ data: track.data, timestampMs, compositionTimeMs: track.compositionTimeMs }];
  });
  const record = configurationOf(headers);
  if (codec === 'hvc1') {
    return withoutSlate(makeHevcStill(framing, record, frames), slate && NOT_AVC);
  }
  const shown = slate && makeAvcSlate(framing, record, frames, slate);
  if (shown !== undefined && typeof shown !== 'string') return shown;
  return withoutSlate(makeAvcStill(framing, record, frames), shown);
}

/** `fault`: why a slate is not shown; undefined where there is none. */
function withoutSlate(held: StillVideo, fault: string | undefined): StillVideo {
  if (fault === undefined) return held;
  const { picture, frameMs, keyframeMs } = held;
  const reasons = [`the slate cannot be shown: ${fault}`, held.reason];
  return {
    ...{ picture, frameMs, keyframeMs },
    reason: reasons.filter((each) => each !== '').join('; '),
    video: (kind, dtsMs) => held.video(kind, dtsMs),
  };
}
