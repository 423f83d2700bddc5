import { describe, expect, it } from 'vitest';

import { Push } from './push.fixture.ts';
import { BEHIND_MS_MAX, DRAIN_SHOWN_MS, ENDING_MS_MAX } from './push-machine.ts';

const behind = (behindMs: number) => new Push().start().goLive().behind(behindMs);

describe('a push that plays behind the encoder and is stopped', () => {
  it('plays on for as long as it is behind, and shows it', () => {
    const push = behind(20_000).give({ kind: 'wanted', wanted: false });
    expect(push.state.phase).toBe('draining');
    expect(push.did('end-attempt')).toMatchObject({ mode: 'drain' });
    const atMs = push.nowMs + 20_000 + ENDING_MS_MAX;
    expect(push.did('set-timer')).toEqual({ kind: 'set-timer', atMs });
    push.give({ kind: 'ended', attemptId: 1, failure: null });
    expect(push.state).toMatchObject({ phase: 'stopped', attempt: null, lastFailure: null });
  });

  it('says goodbye when that took too long, and is reset when that did', () => {
    const push = behind(20_000).give({ kind: 'broadcast-ended' });
    expect(push.state.phase).toBe('draining');
    push.pass(20_000 + ENDING_MS_MAX - 1).give({ kind: 'timer' });
    expect(push.did('end-attempt')).toBeUndefined();
    push.pass(1).give({ kind: 'timer' });
    expect(push.did('end-attempt')).toMatchObject({ mode: 'deliberate' });
    expect(push.state.phase).toBe('awaiting_stream');
    push.pass(ENDING_MS_MAX).give({ kind: 'timer' });
    expect(push.did('end-attempt')).toMatchObject({ mode: 'abort' });
  });

  it('shows nothing of it when it is hardly behind', () => {
    expect(behind(DRAIN_SHOWN_MS).give({ kind: 'broadcast-ended' }).state.phase).toBe(
      'awaiting_stream',
    );
    expect(behind(DRAIN_SHOWN_MS + 1).give({ kind: 'broadcast-ended' }).state.phase).toBe(
      'draining',
    );
  });

  it('plays on for a bounded time, whatever its lane said', () => {
    for (const said of [BEHIND_MS_MAX + 1, Infinity]) {
      const push = behind(said).give({ kind: 'broadcast-ended' });
      const atMs = push.nowMs + BEHIND_MS_MAX + ENDING_MS_MAX;
      expect(push.did('set-timer')).toEqual({ kind: 'set-timer', atMs });
    }
    for (const said of [Number.NaN, -5]) {
      expect(behind(said).state.attempt?.behindMs).toBe(0);
    }
  });

  it('is cut short when somebody says so, or when the media is gone', () => {
    const cuts = [
      { kind: 'cut' },
      { kind: 'settings-changed' },
      { kind: 'broadcast-cut', withinMs: 1_000 },
    ] as const;
    for (const cut of cuts) {
      const push = behind(20_000).give({ kind: 'broadcast-ended' }).give(cut);
      expect(push.did('end-attempt')).toMatchObject({ mode: 'deliberate' });
      expect(push.state.phase).not.toBe('draining');
    }
    const lost = behind(20_000).give({ kind: 'broadcast-ended' }).give({ kind: 'broadcast-lost' });
    expect(lost.did('end-attempt')).toMatchObject({ mode: 'abort' });
  });

  it('plays to its end before it begins anew', () => {
    const push = behind(20_000).give({ kind: 'wanted', wanted: false });
    push.give({ kind: 'wanted', wanted: true }).give({ kind: 'broadcast-available' });
    expect(push.state.phase).toBe('draining');
    expect(push.did('start-attempt')).toBeUndefined();
    push.fail('RESET_BY_PEER');
    expect(push.state).toMatchObject({ phase: 'connecting', failures: 0, lastFailure: null });
    expect(push.did('start-attempt')).toMatchObject({ attemptId: 2 });
  });
});

describe('a cut', () => {
  it('is a stop that plays nothing out', () => {
    const push = behind(20_000).give({ kind: 'cut' });
    expect(push.state).toMatchObject({ phase: 'stopped', wanted: false });
    expect(push.did('end-attempt')).toMatchObject({ mode: 'deliberate' });
  });

  it('of the broadcast leaves the push wanted', () => {
    const push = behind(20_000).give({ kind: 'broadcast-cut', withinMs: 1_000 });
    expect(push.state).toMatchObject({ phase: 'awaiting_stream', wanted: true });
    expect(push.did('end-attempt')).toMatchObject({ mode: 'deliberate' });
  });

  it('of the broadcast is a reset where the goodbye takes too long', () => {
    const push = behind(0).give({ kind: 'broadcast-ended' });
    push.give({ kind: 'broadcast-cut', withinMs: 1_000 });
    push.pass(999).give({ kind: 'timer' });
    expect(push.did('end-attempt')).toBeUndefined();
    push.pass(1).give({ kind: 'timer' });
    expect(push.did('end-attempt')).toMatchObject({ mode: 'abort' });
  });

  it('of an attempt that has sent nothing has nothing to play out either', () => {
    const push = new Push().start().give({ kind: 'dialling', attemptId: 1 });
    push.give({ kind: 'broadcast-ended' });
    expect(push.did('end-attempt')).toMatchObject({ mode: 'deliberate' });
  });
});
