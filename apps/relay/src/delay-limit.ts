import type { DesiredDestination, IngestStatus } from '#contracts';
import { WINDOW_MS_DEFAULT, type RingGauge, type RingSizes } from '#ring';

const MIB = 1024 * 1024;

/** No more than that can be wanted. */
const DELAY_SECONDS_MAX = 600;
/** Shares of a ring that are lent: what is older may be overwritten while it is sent. */
const LENT_OF_BYTES = 3 / 4;
const LENT_OF_RECORDS = 15 / 16;
/** What a destination may stall beside its delay. */
const STALL_MS = 8_000;
/** A delayed push begins at a keyframe: it may be so many intervals late, or early. */
const KEYFRAME_INTERVALS = 2;
const KEYFRAME_INTERVAL_MS = 2_000;
/** Messages of a stream of which nothing is known: 60 pictures, and sound of 48 kHz. */
const PICTURES_PER_SECOND = 60;
const SAMPLES_PER_MESSAGE = 1_024;
const SAMPLES_PER_SECOND = 48_000;

/** What rings without a long delay have; theirs is enough for some ten seconds more. */
const RECORDS = 8_192;
/** Room in the index of a ring for a long delay: 120 pictures and two tracks of sound. */
const RECORDS_PER_SECOND = 240;
/** Addresses of a ring for a long delay; what is used of them is bounded by the node's memory. */
const DATA_BYTES_MAX = 512 * MIB;

/** The longest delay that is wanted of a stream. */
export function longestDelayMs(destinations: readonly DesiredDestination[]): number {
  const delays = destinations.map(({ enabled, delaySeconds }) => (enabled ? delaySeconds : 0));
  return Math.max(0, ...delays) * 1_000;
}

/** How much media time a ring is to hold, so that so much of it is lent. */
export function windowMsFor(delayMs: number): number {
  return WINDOW_MS_DEFAULT + Math.ceil(delayMs / LENT_OF_BYTES);
}

/** The memory for a broadcast; a delay that is set later must do with it. */
export function ringSizesFor(delayMs: number): RingSizes {
  if (delayMs === 0) return {};
  const windowMs = windowMsFor(delayMs);
  const wanted = (windowMs / 1_000) * RECORDS_PER_SECOND;
  return {
    windowMs,
    records: Math.max(RECORDS, 2 ** Math.ceil(Math.log2(wanted))),
    dataBytes: 4 * MIB,
    dataBytesMax: DATA_BYTES_MAX,
  };
}

type Rates = Pick<IngestStatus, 'audio' | 'kbps' | 'video'>;
type RingRoom = Pick<RingGauge, 'dataBytesLimit' | 'records'>;

/** The longest delay in whole seconds that a ring holds of what the encoder sends now. */
export function delaySecondsMax(room: RingRoom, { kbps, video, audio }: Rates): number {
  const keyframeMs = KEYFRAME_INTERVALS * (video?.keyframeIntervalMs ?? KEYFRAME_INTERVAL_MS);
  const pictures = video === null ? 0 : (video.framesPerSecond ?? PICTURES_PER_SECOND);
  const samples = audio === null ? 0 : (audio.sampleRateHz ?? SAMPLES_PER_SECOND);
  const recordsPerMs = (pictures + samples / SAMPLES_PER_MESSAGE) / 1_000;
  const byBytesMs = (LENT_OF_BYTES * room.dataBytesLimit) / (kbps / 8);
  const byRecordsMs = (LENT_OF_RECORDS * room.records) / recordsPerMs;
  const heldMs = Math.min(byBytesMs, byRecordsMs) - STALL_MS - keyframeMs;
  return Math.min(Math.max(0, Math.floor(heldMs / 1_000)), DELAY_SECONDS_MAX);
}
