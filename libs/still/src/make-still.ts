import { describeVideo } from '#flv';
import { makeAvcStill } from './avc-still.ts';
import { makeHevcStill, makeRepeatedMessage } from './key-still.ts';
import { makeSilence } from './silence.ts';
import { noVideo } from './still.ts';
import type { Still, StillInput, StillMessage, StillVideo } from './still.ts';
import { findFrame } from './video-framing.ts';
import type { TimedFrame } from './video-framing.ts';

const VIDEO = 9;

/**
 * What can be shown and heard in the place of a stream that stopped: as little changed as its
 * codecs and what is left of its pictures allow. Copies what it keeps. Never throws.
 */
export function makeStill(input: StillInput): Still {
  const video = makePicture(input);
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

function makePicture({ headers, gop }: StillInput): StillVideo {
  const messages = gop.filter(({ typeId }) => typeId === VIDEO);
  const first = messages.findIndex(({ body }) => findFrame(body)?.isKeyframe === true);
  const keyframe = messages[first];
  const found = keyframe && findFrame(keyframe.body);
  if (keyframe === undefined || found === undefined) {
    return noVideo(messages.length > 0 ? 'its keyframe is gone' : '');
  }
  const { codec } = found.track;
  if (codec !== 'avc1' && codec !== 'hvc1') return makeRepeatedMessage(codec, keyframe.body);
  const framing = { codec, isEnhanced: found.isEnhanced } as const;
  const frames = messages.slice(first).flatMap(({ body, timestampMs }): TimedFrame[] => {
    const { track } = findFrame(body) ?? {};
    if (track === undefined || track.codec !== codec) return [];
    return [{ data: track.data, timestampMs, compositionTimeMs: track.compositionTimeMs }];
  });
  const make = codec === 'avc1' ? makeAvcStill : makeHevcStill;
  return make(framing, configurationOf(headers), frames);
}

function configurationOf(headers: readonly StillMessage[]): Uint8Array | undefined {
  for (const { typeId, body } of headers.toReversed()) {
    const { packet, tracks } = describeVideo(typeId === VIDEO ? body : new Uint8Array());
    const track = tracks.find(({ trackId }) => trackId === 0);
    if (packet === 'config' && track !== undefined) return track.data;
  }
  return undefined;
}
