import type { IngestStatus } from '#contracts';
import { codecName, encoderName, kbitPerSecond } from './words.ts';

/** What is known of what comes in, each with its name. What nobody told is left out. */
export type Facts = readonly (readonly [name: string, value: string])[];

export function ingestFacts(ingest: IngestStatus): Facts {
  const { encoder, protocol, kbps, video, audio, lateMessages, jumps } = ingest;
  const facts: (readonly [string, string | null | undefined])[] = [
    ['Encoder', encoder && encoderName(encoder)],
    ['Protocol', protocol.toUpperCase()],
    ['Picture', video ? pictureWords(video) : 'none'],
    ['Sound', audio ? soundWords(audio) : 'none'],
    ['Bitrate', rateWords(kbps, video?.kbps, audio?.kbps)],
    ['Keyframes', video && keyframeWords(video)],
    ['Late messages', countWordsOf(lateMessages)],
    ['Jumps of its clock', countWordsOf(jumps)],
  ];
  return facts.flatMap(([name, value]) => (value ? [[name, value] as const] : []));
}

/** The same in one line, where there is no room for more. */
export function ingestParts(ingest: IngestStatus): readonly string[] {
  const { encoder, protocol, kbps, video, audio } = ingest;
  const parts = [
    encoder && encoderName(encoder),
    protocol.toUpperCase(),
    video && sizeWords(video),
    video && framesWords(video),
    video && codecName(video.codec),
    video?.keyframeIntervalMs && `keyframe ${keyframeWords(video) ?? ''}`,
    audio && codecName(audio.codec),
    // Nothing was measured yet.
    kbps > 0 && kbitPerSecond(kbps),
  ];
  return parts.filter((part): part is string => typeof part === 'string' && part !== '');
}

/** What a browser would have to know: `HEVC and AAC`. */
export function codecWords({ video, audio }: Pick<IngestStatus, 'video' | 'audio'>): string {
  return [video, audio]
    .flatMap((track) => track ?? [])
    .map(({ codec }) => codecName(codec))
    .join(' and ');
}

type Video = NonNullable<IngestStatus['video']>;
type Audio = NonNullable<IngestStatus['audio']>;

function pictureWords(video: Video): string {
  return [sizeWords(video), framesWords(video), codecName(video.codec)].filter(Boolean).join(', ');
}

function sizeWords({ width, height }: Video): string | undefined {
  return width && height ? `${width} × ${height}` : undefined;
}

function framesWords({ framesPerSecond }: Video): string | undefined {
  return framesPerSecond ? `${Math.round(framesPerSecond)} fps` : undefined;
}

function keyframeWords({ keyframeIntervalMs }: Video): string | undefined {
  return keyframeIntervalMs ? `every ${(keyframeIntervalMs / 1_000).toFixed(1)} s` : undefined;
}

function soundWords({ codec, sampleRateHz, channels }: Audio): string {
  const rate = sampleRateHz && `${sampleRateHz / 1_000} kHz`;
  return [codecName(codec), rate, channels && channelWords(channels)].filter(Boolean).join(', ');
}

function channelWords(channels: number): string {
  if (channels === 1) return 'mono';
  return channels === 2 ? 'stereo' : `${channels} channels`;
}

function rateWords(kbps: number, video?: number, audio?: number): string {
  const parts = [
    video === undefined ? '' : `video ${kbitPerSecond(video)}`,
    audio === undefined ? '' : `sound ${kbitPerSecond(audio)}`,
  ].filter(Boolean);
  return parts.length === 0 ? kbitPerSecond(kbps) : `${kbitPerSecond(kbps)} (${parts.join(', ')})`;
}

/** Relays of earlier versions do not count them. */
function countWordsOf(count: number | null | undefined): string | undefined {
  return count === null || count === undefined ? undefined : count.toLocaleString('en');
}
