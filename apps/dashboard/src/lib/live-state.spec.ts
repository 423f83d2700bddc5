import type { Destination, InputStatus, PushStatus, StreamStatus } from '#contracts';
import { describe, expect, it } from 'vitest';
import {
  initialState,
  lastHeardAt,
  lostShownMs,
  pushOf,
  someoneIsSilent,
  withEvent,
  withHeard,
  withLink,
  withStatus,
  withStreams,
} from './live-state.ts';
import type { StreamWithDestinations } from './live-state.ts';
import { withWish } from './wishes.ts';

const at = (second: number): string => new Date(Date.UTC(2026, 0, 1, 12, 0, second)).toISOString();

const destination: Destination = {
  id: 'd1',
  streamId: 's1',
  name: 'Main',
  platform: 'custom',
  url: 'rtmp://live.example/app',
  backupUrl: null,
  keyHint: 'a1b2',
  enabled: true,
  backupAfter: 3,
  resume: 'live',
  delaySeconds: 0,
  certificateSha256: null,
  createdAt: at(0),
  updatedAt: at(0),
};

const stream: StreamWithDestinations = {
  id: 's1',
  name: 'Show',
  graceSeconds: 30,
  endOnUnpublish: false,
  takeover: 'takeover',
  ingest: {
    rtmpUrl: null,
    rtmpsUrl: null,
    recommended: 'rtmp',
    certificate: 'unknown',
    keyHint: '',
    backupKeyHint: null,
  },
  createdAt: at(0),
  updatedAt: at(0),
  destinations: [destination],
};

const push: PushStatus = {
  destinationId: 'd1',
  enabled: true,
  state: 'live',
  since: at(1),
  attempt: 1,
  nextRetryAt: null,
  lastError: null,
  evidence: {
    tcp: at(1),
    tls: null,
    publishAccepted: at(1),
    bytesWritten: 1,
    bytesAcked: 1,
    lastProgressAt: at(1),
  },
  kbps: 100,
  lagMs: 0,
  delayMs: 0,
  delayWantedMs: 0,
  startsAt: null,
  target: 'main',
  drainingUntil: null,
  droppedFrames: 0,
  warnings: [],
};

const status = (second: number, pushes: PushStatus[] = [push]): StreamStatus => ({
  streamId: 's1',
  workspaceId: null,
  state: 'live',
  broadcast: { id: 'b1', startedAt: at(0) },
  ingest: null,
  activeInput: null,
  inputs: { primary: null, backup: null },
  graceEndsAt: null,
  hold: null,
  delaySecondsMax: null,
  warnings: [],
  pushes,
  updatedAt: at(second),
});

const loaded = withStreams(initialState, [stream]);

describe('a status', () => {
  it('is shown once it was heard', () => {
    const state = withEvent(loaded, {
      type: 'stream.status',
      workspaceId: null,
      streamId: 's1',
      status: status(2),
    });
    expect(pushOf(destination, state.statuses['s1']).state).toBe('live');
  });

  it('does not replace a newer one', () => {
    const newer = withStatus(loaded, status(5));
    expect(withStatus(newer, status(4))).toBe(newer);
  });

  it('replaces one of the same instant, since the later arrival knows more', () => {
    const first = withStatus(loaded, status(5));
    const second = withStatus(first, status(5, [{ ...push, state: 'retrying' }]));
    expect(second.statuses['s1']?.pushes[0]?.state).toBe('retrying');
  });

  it.each([
    ['an unknown stream', { ...status(2), streamId: 's2' }],
    ['an unknown destination', status(2, [{ ...push, destinationId: 'd2' }])],
  ])('of %s makes the lists stale', (_name, news) => {
    expect(withStatus(loaded, news).stale).toBe(true);
  });

  it('of what is known leaves the lists as they are', () => {
    expect(withStatus(loaded, status(2)).stale).toBe(false);
  });

  it('before the first load says nothing about the lists', () => {
    expect(withStatus(initialState, status(2)).stale).toBe(false);
  });
});

describe('statistics', () => {
  const news = {
    type: 'stream.statistics',
    workspaceId: null,
    streamId: 's1',
    at: at(3),
    ingestKbps: 6000,
    pushes: [{ destinationId: 'd1', kbps: 5900, lagMs: 40, delayMs: 700, droppedFrames: 2 }],
  } as const;

  it('change the figures of a push and nothing else', () => {
    const state = withEvent(withStatus(loaded, status(2)), { ...news, pushes: [...news.pushes] });
    expect(state.statuses['s1']?.pushes).toEqual([
      { ...push, kbps: 5900, lagMs: 40, delayMs: 700, droppedFrames: 2 },
    ]);
  });

  it('change the rate of the active input, and of no other', () => {
    const input: InputStatus = {
      connectedAt: at(0),
      protocol: 'rtmp',
      encoder: null,
      kbps: 1,
      video: null,
      audio: null,
      warnings: [],
      health: 'well',
    };
    const two: StreamStatus = {
      ...status(2),
      ingest: input,
      activeInput: 'backup',
      inputs: { primary: input, backup: input },
    };
    const state = withEvent(withStatus(loaded, two), { ...news, pushes: [] });
    expect(state.statuses['s1']).toMatchObject({
      ingest: { kbps: 6000 },
      inputs: { primary: { kbps: 1 }, backup: { kbps: 6000, health: 'well' } },
    });
  });

  it('say what comes in, and how far it got', () => {
    const video = {
      codec: 'avc1',
      width: 1,
      height: 1,
      framesPerSecond: 30,
      kbps: 1,
      keyframeIntervalMs: null,
    };
    const audio = { codec: 'mp4a', sampleRateHz: 48_000, channels: 2, kbps: 128 };
    const ingest = {
      connectedAt: at(0),
      protocol: 'rtmp' as const,
      encoder: null,
      kbps: 1,
      video,
      audio,
      warnings: [],
    };
    const figures = {
      kbps: 6000,
      videoKbps: 5800,
      audioKbps: null,
      framesPerSecond: 59.9,
      keyframeIntervalMs: 2000,
      lateMessages: 3,
      jumps: 1,
    };
    const pushes = [
      { ...news.pushes[0], bytesWritten: 7, bytesAcked: null, lastProgressAt: at(3) },
    ];
    const event = { ...news, ingest: figures, pushes };
    const after = withEvent(withStatus(loaded, { ...status(2), ingest }), event).statuses['s1'];
    expect(after?.ingest).toEqual({
      ...ingest,
      kbps: 6000,
      lateMessages: 3,
      jumps: 1,
      video: { ...video, kbps: 5800, framesPerSecond: 59.9, keyframeIntervalMs: 2000 },
    });
    expect(after?.pushes[0]?.evidence).toEqual({
      ...push.evidence,
      bytesWritten: 7,
      lastProgressAt: at(3),
    });
    expect(after?.pushes[0]).not.toHaveProperty('bytesWritten');
  });

  it('of a stream without a status change nothing', () => {
    expect(withEvent(loaded, { ...news, pushes: [...news.pushes] })).toBe(loaded);
  });
});

describe('what did not change', () => {
  const two = withStreams(initialState, [stream, { ...stream, id: 's2' }]);
  const both = withStatus(withStatus(two, status(2)), { ...status(2), streamId: 's2' });
  const other: PushStatus = { ...push, destinationId: 'd2' };
  const figures = (kbps: number) =>
    ({
      type: 'stream.statistics',
      workspaceId: null,
      streamId: 's1',
      at: at(3),
      ingestKbps: 6000,
      pushes: [{ destinationId: 'd1', kbps, lagMs: 0, delayMs: 0, droppedFrames: 0 }],
    }) as const;

  it('stays the same object while a second of another stream is told', () => {
    const state = withEvent(both, { ...figures(5), pushes: [...figures(5).pushes] });
    expect(state.streams).toBe(both.streams);
    expect(state.statuses['s2']).toBe(both.statuses['s2']);
    expect(state.statuses['s1']).not.toBe(both.statuses['s1']);
  });

  it('stays the same push while the figures of another change, and while its own do not', () => {
    const busy = withStatus(two, status(2, [push, other]));
    const state = withEvent(busy, { ...figures(5), pushes: [...figures(5).pushes] });
    expect(state.statuses['s1']?.pushes[1]).toBe(busy.statuses['s1']?.pushes[1]);
    expect(state.statuses['s1']?.pushes[0]).not.toBe(busy.statuses['s1']?.pushes[0]);
    const again = withEvent(state, { ...figures(5), pushes: [...figures(5).pushes] });
    expect(again.statuses['s1']).toBe(state.statuses['s1']);
  });

  it('stays the same in a status that was told again', () => {
    const later = withStatus(both, structuredClone(status(3)));
    expect(later.statuses['s1']?.pushes).toBe(both.statuses['s1']?.pushes);
  });

  it('stays the same in lists that were loaded again, in another order too', () => {
    const again = structuredClone(two.streams ?? []);
    expect(withStreams(two, again).streams).toBe(two.streams);
    const turned = withStreams(two, [again[1]!, again[0]!]).streams;
    expect(turned?.[0]).toBe(two.streams?.[1]);
  });

  it('is not looked at again where no relay has spoken of it', () => {
    expect(pushOf(destination, undefined)).toBe(pushOf(destination, undefined));
  });
});

describe('a wish', () => {
  it('ends with the lists that say the same', () => {
    const wish = { destinationId: 'd1', enabled: false, askedAtMs: 0 };
    const asked = withWish(loaded, wish);
    expect(withStreams(asked, [stream]).wishes).toBe(asked.wishes);
    const stopped = { ...stream, destinations: [{ ...destination, enabled: false }] };
    expect(withStreams(asked, [stopped]).wishes).toEqual({});
  });
});

describe('when a stream was last heard of', () => {
  const on = withHeard(withLink(withStatus(loaded, status(2)), { kind: 'open' }), 's1', 1_000);
  const lost = withLink(on, { kind: 'lost', since: 50_000 });

  it.each([
    ['is no question while it is', on, 60_000, 16_000, null],
    ['is told when it fell silent', on, 60_000, 17_000, 44_000],
    ['is no question when the link was lost just now', lost, 50_000 + lostShownMs - 1, 0, null],
    ['is when the link was lost', lost, 50_000 + lostShownMs, 0, 50_000],
  ])('%s', (_name, state, nowMs, monotonicMs, heardAt) => {
    expect(lastHeardAt(state, 's1', nowMs, monotonicMs)).toBe(heardAt);
  });

  it('is no question while it is off', () => {
    const off = withStatus(on, { ...status(3), state: 'offline' });
    expect(lastHeardAt(off, 's1', 60_000, 99_000)).toBeNull();
  });
});

describe('a stream that is on', () => {
  const on = withHeard(withStatus(loaded, status(2)), 's1', 1_000);

  it.each([
    [16_000, false],
    [16_001, true],
  ])('at %i ms after being heard of at 1000 is silent: %s', (nowMs, silent) => {
    expect(someoneIsSilent(on, nowMs)).toBe(silent);
  });

  it('is not missed once it is off', () => {
    const off = withStatus(on, { ...status(3), state: 'offline' });
    expect(someoneIsSilent(off, 60_000)).toBe(false);
  });
});

describe('the link', () => {
  it('counts the age of the picture from the first loss', () => {
    const lost = withLink(loaded, { kind: 'lost', since: 10 });
    expect(withLink(lost, { kind: 'lost', since: 20 }).link).toEqual({ kind: 'lost', since: 10 });
  });

  it('is whole again once it is open', () => {
    const lost = withLink(loaded, { kind: 'lost', since: 10 });
    expect(withLink(lost, { kind: 'open' }).link).toEqual({ kind: 'open' });
  });
});

describe('a destination that the relay has not spoken of', () => {
  it.each([
    [true, 'awaiting_stream'],
    [false, 'stopped'],
  ] as const)('enabled: %s is shown as %s', (enabled, state) => {
    expect(pushOf({ ...destination, enabled }, undefined).state).toBe(state);
  });
});
