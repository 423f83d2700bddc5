import { int32At } from './bytes.ts';

/** The four characters as the signed big-endian number that `int32At` reads. */
function fourCc(characters: string): number {
  return int32At(Buffer.from(characters, 'latin1'), 0);
}

const AVC1 = fourCc('avc1');
const HVC1 = fourCc('hvc1');
const VVC1 = fourCc('vvc1');

/**
 * Codecs cut into NAL units. Their coded frames start with a composition time offset in
 * VideoPacketType.CodedFrames (E-RTMP v2, ExVideoTagBody).
 */
export function hasNalUnits(code: number): boolean {
  return code === AVC1 || code === HVC1 || code === VVC1;
}

/** `avc1`, `Opus`, … ; `unknown` where a byte is not printable ASCII, since people will read it. */
export function fourCcName(code: number): string {
  const characters = Buffer.from([code >>> 24, code >>> 16, code >>> 8, code]).toString('latin1');
  return /^[ -~]{4}$/.test(characters) ? characters : 'unknown';
}

/** CodecID of legacy video. 12 is the unofficial HEVC of Chinese networks and old OBS forks. */
export const legacyVideoCodecs: readonly string[] = [
  'unknown',
  'unknown',
  'h263',
  'screen',
  'vp6',
  'vp6a',
  'screen2',
  'avc1',
  'unknown',
  'unknown',
  'unknown',
  'unknown',
  'hvc1',
];

/** SoundFormat of legacy audio. What has a FourCC today is called by it. */
export const legacyAudioCodecs: readonly string[] = [
  'pcm',
  'adpcm',
  '.mp3',
  'pcm',
  'nellymoser',
  'nellymoser',
  'nellymoser',
  'alaw',
  'mulaw',
  'unknown',
  'mp4a',
  'speex',
  'unknown',
  'unknown',
  '.mp3',
  'native',
];
