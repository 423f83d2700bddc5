import { describe, expect, it } from 'vitest';
import type { PushStatus, StreamStatus } from '#contracts';
import type { StatisticsRecord } from '#persistence';
import { RECORD_SECONDS, StatisticsPen } from './statistics-pen.ts';

const STREAM = '01980000-0000-7000-8000-000000000001';
const BROADCAST = '01980000-0000-7000-8000-000000000002';
const DESTINATION = '01980000-0000-7000-8000-000000000003';
/** A second that begins ten. */
const TEN = Date.parse('2026-11-21T20:00:00.000Z') / 1_000;

interface Seen {
  readonly broadcastId?: string | null;
  readonly ingestKbps?: number | null;
  readonly connectedAt?: string;
  readonly pushes?: readonly Partial<PushUnderTest>[];
}

interface PushUnderTest {
  readonly destinationId: string;
  readonly state: PushStatus['state'];
  readonly kbps: number;
  readonly lagMs: number;
  readonly dropped: number;
  readonly bytes: number;
  readonly publishedAt: string | null;
}

function pushOf(seen: Partial<PushUnderTest>): PushStatus {
  const { bytes = 0, publishedAt = at(0), dropped = 0, ...rest } = seen;
  return {
    destinationId: DESTINATION,
    enabled: true,
    state: 'live',
    since: at(0),
    attempt: 1,
    nextRetryAt: null,
    lastError: null,
    evidence: {
      tcp: null,
      tls: null,
      publishAccepted: publishedAt,
      bytesWritten: bytes,
      bytesAcked: 0,
      lastProgressAt: null,
    },
    kbps: 0,
    lagMs: 0,
    delayMs: 0,
    delayWantedMs: 0,
    startsAt: null,
    target: 'main',
    drainingUntil: null,
    droppedFrames: dropped,
    ...rest,
  } as PushStatus;
}

function statusOf(second: number, seen: Seen): StreamStatus {
  const { broadcastId = BROADCAST, ingestKbps = 6_000, connectedAt = at(0), pushes = [] } = seen;
  const ingest = ingestKbps === null ? null : { kbps: ingestKbps, connectedAt };
  return {
    streamId: STREAM,
    broadcast: broadcastId === null ? null : { id: broadcastId, startedAt: at(0) },
    ingest,
    pushes: pushes.map(pushOf),
    updatedAt: at(second),
  } as unknown as StreamStatus;
}

function at(second: number): string {
  return new Date((TEN + second) * 1_000).toISOString();
}

function penUnderTest() {
  const records: StatisticsRecord[] = [];
  const pen = new StatisticsPen({ record: (record) => void records.push(record) });
  return {
    records,
    pen,
    look: (second: number, seen: Seen = {}) => pen.sample(statusOf(second, seen)),
    of: (destinationId: string | null) =>
      records.filter((record) => record.destinationId === destinationId),
  };
}

describe('the statistics pen', () => {
  it('tells nothing before ten seconds are full, then all ten at once', () => {
    const { look, records } = penUnderTest();
    for (let second = 0; second < RECORD_SECONDS - 1; second += 1) look(second);
    expect(records).toEqual([]);
    look(RECORD_SECONDS - 1);
    expect(records).toMatchObject([
      { kind: 'statistics', streamId: STREAM, broadcastId: BROADCAST, destinationId: null },
    ]);
    expect(records[0]?.at).toBe(at(0));
    expect(records[0]?.kbps).toEqual(Array(RECORD_SECONDS).fill(6_000));
    expect(records[0]?.bytes).toBe(RECORD_SECONDS * 750_000);
  });

  it('ends a record where ten seconds end, wherever it began', () => {
    const { look, records } = penUnderTest();
    for (let second = 7; second < 20; second += 1) look(second, { ingestKbps: second });
    expect(records.map(({ at: from, kbps }) => [from, kbps])).toEqual([
      [at(7), [7, 8, 9]],
      [at(10), [10, 11, 12, 13, 14, 15, 16, 17, 18, 19]],
    ]);
  });

  it('takes a second that no beat fell into for one like the next', () => {
    const { look, records } = penUnderTest();
    for (const second of [0, 1, 3, 4, 5, 6, 7, 8, 9]) look(second, { ingestKbps: second });
    expect(records[0]?.kbps).toEqual([0, 1, 3, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('leaves a gap where two seconds and more were not seen', () => {
    const { look, records } = penUnderTest();
    for (const second of [0, 1, 4, 9]) look(second);
    expect(records.map(({ at: from, kbps }) => [from, kbps.length])).toEqual([
      [at(0), 2],
      [at(4), 1],
      [at(9), 1],
    ]);
  });

  it('counts two beats in one second once, and loses nothing of what they saw', () => {
    const { look, of } = penUnderTest();
    const seen = (kbps: number, dropped: number, bytes: number) => ({
      pushes: [{ kbps, dropped, bytes, lagMs: kbps }],
    });
    for (let second = 0; second < 9; second += 1) look(second, seen(1, 0, 0));
    look(9, seen(2, 3, 30));
    look(9.5, seen(3, 5, 50));
    for (let second = 10; second < 20; second += 1) look(second, seen(4, 5, 60));
    const [first, second] = of(DESTINATION);
    expect(first).toMatchObject({ at: at(0), bytes: 30 });
    expect(first?.kbps).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 2]);
    expect(second).toMatchObject({ at: at(10), bytes: 30 });
    expect(second?.dropped).toEqual([2, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('counts what an attempt counts from its start', () => {
    const { look, of } = penUnderTest();
    const attempt = (publishedAt: string | null, dropped: number, bytes: number) => ({
      pushes: [{ publishedAt, dropped, bytes, kbps: 1 }],
    });
    look(0, attempt(at(0), 10, 1_000));
    look(1, attempt(at(0), 12, 3_000));
    look(2, { pushes: [{ state: 'retrying', publishedAt: null }] });
    look(3, attempt(at(3), 1, 500));
    for (let second = 4; second < 10; second += 1) look(second, attempt(at(3), 1, 500));
    const [record] = of(DESTINATION);
    expect(record?.dropped).toEqual([10, 2, 0, 1, 0, 0, 0, 0, 0, 0]);
    expect(record).toMatchObject({ bytes: 3_500, reconnects: 1 });
  });

  it('counts no reconnect when a time is shown a little otherwise', () => {
    const { look, of } = penUnderTest();
    for (let second = 0; second < 10; second += 1) {
      look(second, { pushes: [{ kbps: 1, publishedAt: at(0.001 * (second % 2)) }] });
    }
    expect(of(DESTINATION)).toMatchObject([{ reconnects: 0 }]);
  });

  it('counts an encoder that connects again, and not the one that was away', () => {
    const { look, of } = penUnderTest();
    look(0);
    look(1, { ingestKbps: null });
    for (let second = 2; second < 10; second += 1) look(second, { connectedAt: at(2) });
    expect(of(null)[0]).toMatchObject({ reconnects: 1 });
    expect(of(null)[0]?.kbps.slice(0, 3)).toEqual([6_000, 0, 6_000]);
  });

  it.each(['stopped', 'awaiting_stream'] as const)(
    'tells nothing of a push that is %s',
    (state) => {
      const { look, of } = penUnderTest();
      for (let second = 0; second < 20; second += 1) look(second, { pushes: [{ state }] });
      expect(of(DESTINATION)).toEqual([]);
    },
  );

  it('tells what it has of a push whose destination was removed', () => {
    const { look, of } = penUnderTest();
    look(0, { pushes: [{ kbps: 1 }] });
    look(1, { pushes: [] });
    expect(of(DESTINATION)).toMatchObject([{ at: at(0), kbps: [1] }]);
  });

  it('tells what it has when the stream is over, and when another broadcast begins', () => {
    const { look, pen, records } = penUnderTest();
    look(0);
    look(1, { broadcastId: DESTINATION });
    expect(records).toMatchObject([{ broadcastId: BROADCAST, kbps: [6_000] }]);
    pen.end(STREAM);
    expect(records[1]).toMatchObject({ broadcastId: DESTINATION, at: at(1), kbps: [6_000] });
    look(2, { broadcastId: null });
    expect(records).toHaveLength(2);
  });

  it('goes on at the new time when the clock is set', () => {
    const { look, records } = penUnderTest();
    look(25);
    look(3);
    look(4);
    look(0);
    look(5);
    for (let second = 6; second < 10; second += 1) look(second);
    expect(records.map(({ at: from, kbps }) => [from, kbps.length])).toEqual([
      [at(25), 1],
      [at(3), 7],
    ]);
  });
});
