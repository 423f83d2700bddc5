import { describe, expect, it } from 'vitest';

import { RETRY_DELAY_MS_MAX } from './back-off.ts';
import { Push } from './push.fixture.ts';
import { ATTEMPT_MS_MAX, ENDING_MS_MAX } from './push-machine.ts';
import {
  attemptNumber,
  GHOST_MS,
  HEALTHY_MS,
  newPush,
  rememberPush,
  restorePush,
} from './push-state.ts';

describe('starting', () => {
  it('awaits the stream when wanted, and connects when there is one', () => {
    const push = new Push().give({ kind: 'wanted', wanted: true });
    expect(push.state.phase).toBe('awaiting_stream');
    push.give({ kind: 'broadcast-available' });
    expect(push.state.phase).toBe('connecting');
    expect(push.did('start-attempt')).toEqual({
      kind: 'start-attempt',
      attemptId: 1,
      target: 'main',
    });
  });

  it('stays stopped while nobody wants it', () => {
    const push = new Push().give({ kind: 'broadcast-available' });
    expect(push.state.phase).toBe('stopped');
    expect(push.effects).toEqual([]);
  });

  it('is live when the publish was accepted, and not a milestone before', () => {
    const push = new Push().start();
    for (const kind of ['dialling', 'tcp', 'tls'] as const) {
      push.pass(10).give({ kind, attemptId: 1 });
      expect(push.state.phase).toBe('connecting');
    }
    push.pass(10).give({ kind: 'publishAccepted', attemptId: 1 });
    expect(push.state.phase).toBe('live');
    expect(push.did('announce')).toEqual({ kind: 'announce', from: 'connecting', to: 'live' });
    expect(push.state.attempt?.evidence).toEqual({
      tcpAtMs: 1_020,
      tlsAtMs: 1_030,
      publishAcceptedAtMs: 1_040,
    });
  });

  it('gives up an attempt that its shell forgot', () => {
    const push = new Push().start().give({ kind: 'dialling', attemptId: 1 });
    expect(push.did('set-timer')).toEqual({ kind: 'set-timer', atMs: 1_000 + ATTEMPT_MS_MAX });
    push.pass(ATTEMPT_MS_MAX).give({ kind: 'timer' });
    expect(push.did('end-attempt')).toMatchObject({ mode: 'abort' });
    push.fail('INTERNAL');
    expect(push.state.lastFailure?.code).toBe('PUBLISH_TIMEOUT');
  });
});

describe('losing a live destination', () => {
  it('is answered within half a second, then by the ladder', () => {
    const push = new Push().start().goLive().pass(1_000).fail('RESET_BY_PEER');
    expect(push.state.phase).toBe('retrying');
    expect(push.retryInMs()).toBe(375);
    push.retry();
    expect(push.did('start-attempt')).toMatchObject({ kind: 'start-attempt', attemptId: 2 });
    push.goLive().pass(20_000).fail('CLOSED_BY_PEER');
    expect(push.retryInMs()).toBe(2_000);
  });

  it('is forgotten after a healthy minute, and not a moment before', () => {
    const push = new Push().start().goLive().pass(20_000).fail('RESET_BY_PEER').retry().goLive();
    const unhealthy = new Push(push.state);
    unhealthy.nowMs = push.nowMs;
    expect(unhealthy.pass(HEALTHY_MS - 1).fail('RESET_BY_PEER').state.failures).toBe(2);
    push.pass(HEALTHY_MS);
    expect(attemptNumber(push.state, push.nowMs)).toBe(1);
    push.fail('RESET_BY_PEER');
    expect(push.state.failures).toBe(1);
    expect(push.retryInMs()).toBe(375);
  });

  it('seconds after acceptance, three times, is the content', () => {
    const push = new Push().start();
    for (const code of ['RESET_BY_PEER', 'CLOSED_BY_PEER'] as const) {
      push.goLive().pass(3_000).fail(code);
      expect(push.state.lastFailure?.code).toBe(code);
      push.retry();
    }
    push.goLive().pass(3_000).fail('CLOSED_BY_PEER');
    expect(push.state.lastFailure?.code).toBe('CONTENT_REJECTED');
    expect(push.state.phase).toBe('needs_attention');
    expect(push.retryInMs()).toBe(30_000);
  });

  it('after twelve hours to the second is the limit of the platform', () => {
    const push = new Push().start().goLive();
    push.pass(12 * 3_600_000 + 29_000).fail('CLOSED_BY_PEER');
    expect(push.state.lastFailure).toMatchObject({ code: 'DURATION_LIMIT', class: 'limit' });
  });

  it('shows when it does not keep up, and when it does again', () => {
    const push = new Push().start().goLive().give({ kind: 'degraded', attemptId: 1 });
    expect(push.state.phase).toBe('degraded');
    expect(push.give({ kind: 'recovered', attemptId: 1 }).state.phase).toBe('live');
  });
});

describe('being refused', () => {
  it('needs attention after the second refusal, and still tries slowly', () => {
    const push = new Push().start().fail('KEY_REJECTED');
    expect(push.state.phase).toBe('retrying');
    push.retry().fail('KEY_REJECTED');
    expect(push.state.phase).toBe('needs_attention');
    expect(push.retryInMs()).toBe(75_000);
    expect(push.retry().state.phase).toBe('connecting');
    expect(push.goLive().state.phase).toBe('live');
  });

  it('as busy is a refused key when no session of ours can be in the way', () => {
    const push = new Push().start().fail('KEY_BUSY');
    expect(push.state.lastFailure?.code).toBe('KEY_REJECTED');
  });

  it('as busy after a loss waits for our own dead session', () => {
    const push = new Push().start().goLive().pass(20_000).fail('STALLED');
    const delays = [1, 2, 3].map(() => push.retry().fail('KEY_BUSY').retryInMs());
    expect(delays).toEqual([2_000, 5_000, 10_000]);
    expect(push.state.lastFailure?.code).toBe('KEY_BUSY');
    expect(push.state.phase).toBe('retrying');
    push.retry().pass(GHOST_MS).fail('KEY_BUSY');
    expect(push.state.lastFailure?.code).toBe('KEY_REJECTED');
    expect(push.state.phase).toBe('needs_attention');
  });

  it.each([
    ['broadcast-lost', 'KEY_BUSY'],
    ['broadcast-ended', 'KEY_REJECTED'],
  ] as const)('as busy after %s is %s: only a reset leaves a session behind', (kind, code) => {
    const push = new Push().start().goLive().give({ kind });
    push.give({ kind: 'ended', attemptId: 1, failure: null }).give({ kind: 'broadcast-available' });
    expect(push.fail('KEY_BUSY').state.lastFailure?.code).toBe(code);
  });

  it('by a certificate needs attention at once', () => {
    const push = new Push().start().fail('TLS_CERTIFICATE');
    expect(push.state.phase).toBe('needs_attention');
    expect(push.retryInMs()).toBe(60_000);
  });

  it('is tried at once when a person says so, with the count kept', () => {
    const push = new Push().start().fail('KEY_REJECTED').give({ kind: 'retry-now' });
    expect(push.state.phase).toBe('connecting');
    expect(push.did('clear-timer')).toBeDefined();
    expect(attemptNumber(push.state, push.nowMs)).toBe(2);
  });

  it('is forgotten when the settings change', () => {
    const push = new Push().start().fail('KEY_REJECTED').retry().fail('KEY_REJECTED');
    push.give({ kind: 'settings-changed' });
    expect(push.state).toMatchObject({ phase: 'connecting', failures: 0, lastFailure: null });
    expect(push.did('start-attempt')).toBeDefined();
  });
});

describe('ending', () => {
  it('because nobody wants it any more plays out what is buffered', () => {
    const push = new Push().start().goLive().give({ kind: 'wanted', wanted: false });
    expect(push.state.phase).toBe('stopped');
    expect(push.did('end-attempt')).toMatchObject({ attemptId: 1, mode: 'drain' });
    push.give({ kind: 'ended', attemptId: 1, failure: null });
    expect(push.state).toMatchObject({ phase: 'stopped', attempt: null, retry: null });
  });

  it('because the broadcast is over does so too, and its loss is a reset', () => {
    const over = new Push().start().goLive().give({ kind: 'broadcast-ended' });
    expect(over.did('end-attempt')).toMatchObject({ mode: 'drain' });
    const lost = new Push().start().goLive().give({ kind: 'broadcast-lost' });
    expect(lost.did('end-attempt')).toMatchObject({ mode: 'abort' });
    expect(lost.state.phase).toBe('awaiting_stream');
  });

  it('of a hanging goodbye becomes a reset', () => {
    const push = new Push().start().goLive().give({ kind: 'wanted', wanted: false });
    push.pass(ENDING_MS_MAX).give({ kind: 'timer' });
    expect(push.did('end-attempt')).toMatchObject({ mode: 'abort' });
    expect(push.did('set-timer')).toBeDefined();
  });

  it('comes before the new attempt when the settings change', () => {
    const push = new Push().start().goLive().give({ kind: 'settings-changed' });
    expect(push.state.phase).toBe('connecting');
    expect(push.did('end-attempt')).toMatchObject({ attemptId: 1, mode: 'deliberate' });
    expect(push.did('start-attempt')).toBeUndefined();
    push.give({ kind: 'ended', attemptId: 1, failure: null });
    expect(push.did('start-attempt')).toMatchObject({ kind: 'start-attempt', attemptId: 2 });
  });

  it('is not a failure, whatever the socket said while it ended', () => {
    const push = new Push().start().goLive().give({ kind: 'wanted', wanted: false });
    push.fail('RESET_BY_PEER').give({ kind: 'wanted', wanted: true });
    expect(push.state).toMatchObject({ failures: 0, lastFailure: null, phase: 'connecting' });
  });

  it('and wanted again waits for the old connection to be gone', () => {
    const push = new Push().start().goLive().give({ kind: 'wanted', wanted: false });
    push.give({ kind: 'wanted', wanted: true });
    expect(push.state.phase).toBe('connecting');
    expect(push.state.attempt?.id).toBe(1);
    push.give({ kind: 'ended', attemptId: 1, failure: null });
    expect(push.state.attempt?.id).toBe(2);
  });
});

describe('events that come late', () => {
  it('from an old attempt change nothing', () => {
    const push = new Push().start().fail('TCP_REFUSED').retry();
    const before = push.state;
    for (const kind of ['dialling', 'tcp', 'tls', 'publishAccepted', 'degraded'] as const) {
      push.give({ kind, attemptId: 1 });
      expect(push.effects).toEqual([]);
    }
    push.give({ kind: 'ended', attemptId: 1, failure: 'RESET_BY_PEER' });
    expect(push.state).toEqual(before);
  });

  it('or a timer that comes early: it is set again', () => {
    const push = new Push().start().fail('TCP_REFUSED').pass(10).give({ kind: 'timer' });
    expect(push.state.phase).toBe('retrying');
    expect(push.effects).toEqual([{ kind: 'set-timer', atMs: push.state.retry?.atMs }]);
  });
});

describe('a restarted relay', () => {
  const wallMs = 1_700_000_000_000;

  it('waits out the back-off that was under way', () => {
    const push = new Push().start().fail('KEY_REJECTED').retry().fail('KEY_REJECTED').pass(5_000);
    const memory = rememberPush(push.state, push.nowMs, wallMs);
    expect(memory).toEqual({
      attempt: 3,
      failureClass: 'rejected',
      nextRetryAtWallMs: wallMs + 70_000,
      ghostUntilWallMs: null,
      target: 'main',
    });
    const restored = new Push(restorePush(memory, { nowMs: 50, wallMs: wallMs + 10_000 }));
    restored.nowMs = 50;
    restored.start();
    expect(restored.state.phase).toBe('needs_attention');
    expect(restored.did('set-timer')).toEqual({ kind: 'set-timer', atMs: 60_050 });
    expect(restored.retry().did('start-attempt')).toBeDefined();
    expect(restored.fail('KEY_REJECTED').retryInMs()).toBe(75_000);
  });

  it('counts with its dead session when the push was live, and starts at once', () => {
    const live = new Push().start().goLive();
    const memory = rememberPush(live.state, live.nowMs, wallMs);
    const restored = new Push(restorePush(memory, { nowMs: 1_000, wallMs })).start();
    expect(restored.state.phase).toBe('connecting');
    expect(restored.fail('KEY_BUSY').state.lastFailure?.code).toBe('KEY_BUSY');
  });

  it('counts with no session of an attempt that was never dialled', () => {
    const queued = new Push().start();
    expect(queued.did('start-attempt')).toBeDefined();
    expect(rememberPush(queued.state, queued.nowMs, wallMs)).toBeNull();
    queued.fail('TCP_REFUSED').retry();
    const memory = rememberPush(queued.state, queued.nowMs, wallMs);
    expect(memory).toMatchObject({ attempt: 2, failureClass: 'transient', ghostUntilWallMs: null });
    const restored = new Push(restorePush(memory, { nowMs: 1_000, wallMs })).start();
    expect(restored.state.phase).toBe('connecting');
    expect(restored.fail('KEY_BUSY').state.lastFailure?.code).toBe('KEY_REJECTED');
  });

  it('counts with a session that was lost before, for as long as it may last', () => {
    const lost = new Push().start().goLive().fail('RESET_BY_PEER').pass(100);
    const memory = rememberPush(lost.state, lost.nowMs, wallMs);
    expect(memory?.ghostUntilWallMs).toBe(wallMs + GHOST_MS - 100);
    const soon = new Push(restorePush(memory, { nowMs: 1_000, wallMs: wallMs + GHOST_MS - 101 }));
    expect(soon.start().fail('KEY_BUSY').state.lastFailure?.code).toBe('KEY_BUSY');
    const late = new Push(restorePush(memory, { nowMs: 1_000, wallMs: wallMs + GHOST_MS - 100 }));
    expect(late.start().fail('KEY_BUSY').state.lastFailure?.code).toBe('KEY_REJECTED');
  });

  it('has nothing to remember of a push that waits for its stream', () => {
    expect(rememberPush(new Push().state, 0, wallMs)).toBeNull();
    expect(restorePush(null, { nowMs: 7, wallMs })).toEqual(newPush(7));
  });

  it.each([
    { attempt: Number.NaN, failureClass: 'tls', nextRetryAtWallMs: Number.NaN },
    { attempt: 1e12, failureClass: 'transient', nextRetryAtWallMs: 1e18 },
    { attempt: -5, failureClass: null, nextRetryAtWallMs: wallMs + 1e9 },
  ] as const)('is not misled by a damaged memory: %j', (damaged) => {
    const ghostUntilWallMs = damaged.nextRetryAtWallMs;
    const memory = { ...damaged, ghostUntilWallMs, target: 'main' } as const;
    const state = restorePush(memory, { nowMs: 0, wallMs });
    expect(state.ghostUntilMs).toBeLessThanOrEqual(GHOST_MS);
    expect(state.failures).toBeLessThanOrEqual(1_000);
    expect(state.retry?.atMs ?? 0).toBeLessThanOrEqual(RETRY_DELAY_MS_MAX);
    const push = new Push(state).start();
    expect(['connecting', 'retrying']).toContain(push.state.phase);
  });
});
