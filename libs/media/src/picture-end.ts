import { describeVideo } from '#flv';
import { emptyRecord, type RingReader } from '#ring';
import { MessageTypeId } from './message-type-id.ts';

/** As far back as an encoder may show its pictures in another order than it sends them. */
const PICTURES = 16;
/** Messages among which so many pictures are looked for. */
const MESSAGES = 128;
/** What pictures show of their own pace, or of their order, is believed up to here. */
const FRAME_MS_MAX = 100;
const SHOWN_AHEAD_MS_MAX = 500;

/** The end of the pictures in a ring, in its time. */
export interface PictureEnd {
  /** When the last one was sent. */
  readonly sentMs: number;
  /** When the last one is shown: later, where an encoder sends some before others. */
  readonly shownMs: number;
  /** From one to the next; 0 where that cannot be told. */
  readonly frameMs: number;
}

/** Undefined where the newest messages have no picture among them. */
export function pictureEnd(reader: RingReader): PictureEnd | undefined {
  const record = emptyRecord();
  const head = reader.headSequence();
  const sent: number[] = [];
  let shownMs = -Infinity;
  for (let back = 1; back <= MESSAGES && back <= head && sent.length < PICTURES; back += 1) {
    if (!reader.record((head - back) >>> 0, record)) break;
    if (record.typeId !== MessageTypeId.VIDEO) continue;
    const body = reader.body(record);
    const compositionMs = body === undefined ? undefined : compositionMsOf(body);
    if (compositionMs === undefined) continue;
    sent.push(record.timestampMs);
    shownMs = Math.max(shownMs, record.timestampMs + compositionMs);
  }
  const [sentMs] = sent;
  if (sentMs === undefined) return undefined;
  return {
    sentMs,
    shownMs: Math.min(shownMs, sentMs + SHOWN_AHEAD_MS_MAX),
    frameMs: frameMsOf(sent),
  };
}

/** How much later than it is sent a picture of track 0 is shown; undefined where there is none. */
export function compositionMsOf(body: Uint8Array): number | undefined {
  const { packet, tracks } = describeVideo(body);
  if (packet !== 'frames') return undefined;
  return tracks.find(({ trackId }) => trackId === 0)?.compositionTimeMs;
}

/** When the next picture may be sent: after the last one, and so that it is also shown after it. */
export function nextPictureMs(end: PictureEnd, frameMs: number, compositionMs: number): number {
  return Math.max(end.sentMs, end.shownMs - compositionMs) + frameMs;
}

/** The middle one of the steps, newest first. */
function frameMsOf(sentNewestFirst: readonly number[]): number {
  const steps = sentNewestFirst.slice(1).map((ms, index) => (sentNewestFirst[index] ?? ms) - ms);
  const sorted = steps.sort((one, other) => one - other);
  return Math.min(sorted[sorted.length >> 1] ?? 0, FRAME_MS_MAX);
}
