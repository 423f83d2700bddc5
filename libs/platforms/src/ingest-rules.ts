import type { Platform } from '#contracts';
import type { LiveRuleCode, LiveRuleFinding } from './live-finding.ts';

/** Rates swing around what an encoder is set to; a platform does not mind so much. */
export const RATE_TOLERANCE = 1.1;
/** 59.94, and a measure taken over a hundred frames. */
export const FRAME_RATE_TOLERANCE = 0.5;
/** Keyframes come with a frame: a distance set to 4 s may be a little more. */
export const KEYFRAME_TOLERANCE_MS = 250;
/** What a platform only recommends bites when it is missed by far. */
export const KEYFRAME_WANTED_TIMES = 2;
/** A track that has not shown itself by then is missing. */
export const AUDIO_WAIT_MS = 4_000;

export type RuledPlatform = Pick<Platform, 'name' | 'videoCodecs' | 'audioCodecs' | 'limits'>;

interface RuledVideo {
  /** FourCC. */
  readonly codec: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly framesPerSecond: number | null;
  readonly kbps: number;
  readonly keyframeIntervalMs: number | null;
  /** Whether pictures are sent in another order than they are shown; null: not known. */
  readonly hasBFrames: boolean | null;
}

interface RuledAudio {
  /** FourCC. */
  readonly codec: string;
  readonly kbps: number;
}

/** What the encoder sends, as it was measured. */
export interface RuledIngest {
  /** Since it was let in. */
  readonly connectedForMs: number;
  readonly video: RuledVideo | null;
  readonly audio: RuledAudio | null;
}

type Found = Omit<LiveRuleFinding, 'destinationIds'>;
type Rule = (ingest: RuledIngest, platform: RuledPlatform) => Found | undefined;

/** Each says at most one thing. */
const RULES: readonly Rule[] = [
  videoCodec,
  audioCodec,
  videoBitrate,
  audioBitrate,
  resolution,
  frameRate,
  keyframes,
  audioMissing,
  bFrames,
];

/** What a platform will mind of what the encoder sends. */
export function ingestRules(ingest: RuledIngest, platform: RuledPlatform): readonly Found[] {
  return RULES.flatMap((rule) => rule(ingest, platform) ?? []);
}

const videoCodecs: Readonly<Record<string, string>> = { avc1: 'h264', hvc1: 'hevc', av01: 'av1' };
const audioCodecs: Readonly<Record<string, string>> = {
  mp4a: 'aac',
  '.mp3': 'mp3',
  Opus: 'opus',
  'ac-3': 'ac3',
  fLaC: 'flac',
};
const names: Readonly<Record<string, string>> = {
  h264: 'H.264',
  hevc: 'HEVC',
  av1: 'AV1',
  aac: 'AAC',
  mp3: 'MP3',
  opus: 'Opus',
  ac3: 'AC-3',
  flac: 'FLAC',
};

function videoCodec({ video }: RuledIngest, platform: RuledPlatform): Found | undefined {
  if (video === null) return undefined;
  const codec = videoCodecs[video.codec] ?? video.codec;
  return codecRule('CODEC_UNSUPPORTED', codec, platform.videoCodecs, `${platform.name} takes`);
}

function audioCodec({ audio }: RuledIngest, platform: RuledPlatform): Found | undefined {
  if (audio === null) return undefined;
  const codec = audioCodecs[audio.codec] ?? audio.codec;
  const begin = `For sound ${platform.name} takes`;
  return codecRule('AUDIO_CODEC_UNSUPPORTED', codec, platform.audioCodecs, begin);
}

/** An empty list says that nothing is known. */
function codecRule(
  code: LiveRuleCode,
  codec: string,
  taken: readonly string[],
  begin: string,
): Found | undefined {
  if (taken.length === 0 || taken.includes(codec)) return undefined;
  const limit = taken.map((one) => names[one] ?? one).join(', ');
  const measured = names[codec] ?? codec;
  const message = `${begin} ${limit}, and the encoder sends ${measured}. Change the codec.`;
  return { code, message, limit, measured };
}

function videoBitrate({ video }: RuledIngest, platform: RuledPlatform): Found | undefined {
  if (video === null) return undefined;
  const limit = videoKbpsMax(video, platform);
  if (limit === null || video.kbps <= limit * RATE_TOLERANCE) return undefined;
  const message =
    `${platform.name} takes up to ${limit} kbit/s of video at this size, and the encoder sends ` +
    `more. Lower its bitrate.`;
  return { code: 'BITRATE_HIGH', message, limit, measured: video.kbps };
}

/** Of the smallest mode that the picture fits into; of the platform where none is listed. */
function videoKbpsMax(video: RuledVideo, { limits }: RuledPlatform): number | null {
  const { height, framesPerSecond } = video;
  if (height === null || framesPerSecond === null) return limits.videoKbpsMax;
  const lines = Math.min(height, video.width ?? height);
  const fitting = limits.videoKbpsByMode.filter(
    (mode) => lines <= mode.height && framesPerSecond <= mode.fps + FRAME_RATE_TOLERANCE,
  );
  const smallest = fitting.toSorted((a, b) => a.height - b.height || a.fps - b.fps)[0];
  return smallest?.kbpsMax ?? limits.videoKbpsMax;
}

function audioBitrate({ audio }: RuledIngest, platform: RuledPlatform): Found | undefined {
  const limit = platform.limits.audioKbpsMax;
  if (audio === null || limit === null || audio.kbps <= limit * RATE_TOLERANCE) return undefined;
  const message =
    `${platform.name} takes up to ${limit} kbit/s of sound, and the encoder sends more. ` +
    'Lower its audio bitrate.';
  return { code: 'AUDIO_BITRATE_HIGH', message, limit, measured: audio.kbps };
}

/** A picture that stands upright is measured by its longer side as well. */
function resolution({ video }: RuledIngest, platform: RuledPlatform): Found | undefined {
  const { widthMax, heightMax } = platform.limits;
  if (video === null || video.width === null || video.height === null) return undefined;
  const sides = [widthMax, heightMax].filter((side) => side !== null);
  const isUpright = video.height > video.width;
  const longer = isUpright ? video.height : video.width;
  const shorter = isUpright ? video.width : video.height;
  const isTooLong = sides.length > 0 && widthMax !== null && longer > Math.max(...sides);
  const isTooHigh = heightMax !== null && shorter > Math.min(...sides);
  if (!isTooLong && !isTooHigh) return undefined;
  const limit = [widthMax ?? 'any', heightMax ?? 'any'].join(' × ');
  const measured = `${video.width} × ${video.height}`;
  const message =
    `${platform.name} takes pictures up to ${limit}, and the encoder sends ${measured}. ` +
    'Make the picture smaller.';
  return { code: 'RESOLUTION_HIGH', message, limit, measured };
}

function frameRate({ video }: RuledIngest, platform: RuledPlatform): Found | undefined {
  const limit = platform.limits.fpsMax;
  const measured = video?.framesPerSecond ?? null;
  if (limit === null || measured === null) return undefined;
  if (measured <= limit + FRAME_RATE_TOLERANCE) return undefined;
  const message =
    `${platform.name} takes up to ${limit} pictures a second, and the encoder sends more. ` +
    'Lower its frame rate.';
  return { code: 'FRAME_RATE_HIGH', message, limit, measured };
}

function keyframes({ video }: RuledIngest, platform: RuledPlatform): Found | undefined {
  const measuredMs = video?.keyframeIntervalMs ?? null;
  const { keyframeSecondsMax, keyframeSecondsWanted } = platform.limits;
  const wantedSeconds = keyframeSecondsWanted ?? keyframeSecondsMax;
  if (measuredMs === null || wantedSeconds === null) return undefined;
  const limit = keyframeSecondsMax ?? wantedSeconds * KEYFRAME_WANTED_TIMES;
  if (measuredMs <= limit * 1_000 + KEYFRAME_TOLERANCE_MS) return undefined;
  const message =
    `${platform.name} wants a keyframe every ${wantedSeconds} s, and the encoder’s are more ` +
    `than ${limit} s apart. Set its keyframe interval to ${wantedSeconds} s.`;
  return {
    code: 'KEYFRAMES_FAR_APART',
    message,
    limit,
    measured: Math.round(measuredMs / 100) / 10,
  };
}

function audioMissing(ingest: RuledIngest, platform: RuledPlatform): Found | undefined {
  if (!platform.limits.audioRequired || ingest.audio !== null) return undefined;
  if (ingest.connectedForMs < AUDIO_WAIT_MS) return undefined;
  const message =
    `${platform.name} takes no stream without sound, and the encoder sends none. ` +
    'Add a sound track, even a silent one.';
  return { code: 'AUDIO_MISSING', message, limit: null, measured: null };
}

/** How many there are between others cannot be seen from outside, only that there are any. */
function bFrames({ video }: RuledIngest, platform: RuledPlatform): Found | undefined {
  if (platform.limits.bFramesMax !== 0 || video?.hasBFrames !== true) return undefined;
  const message =
    `${platform.name} takes no B-frames, and the encoder sends some. ` +
    'Set their number to 0 at the encoder.';
  return { code: 'B_FRAMES', message, limit: 0, measured: null };
}
