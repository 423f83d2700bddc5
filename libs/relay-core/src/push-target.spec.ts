import { describe, expect, it } from 'vitest';

import { QUICK_RETRY_MS_MAX, ROOM_RETRY_MS } from './back-off.ts';
import { Push } from './push.fixture.ts';
import { rememberPush, restorePush } from './push-state.ts';

const WALL_MS = 1_700_000_000_000;

function withBackup(backupAfter: number | null, push = new Push()): Push {
  return push.give({ kind: 'terms', terms: { backupAfter } }).start();
}

describe('a destination with a backup URL', () => {
  it('is tried there at once, after so many failures in a row at the main one', () => {
    const push = withBackup(3).fail('TCP_REFUSED').retry().fail('TCP_REFUSED');
    expect(push.state.target).toBe('main');
    push.retry();
    expect(push.did('start-attempt')).toMatchObject({ target: 'main' });
    push.fail('TCP_REFUSED');
    expect(push.retryInMs()).toBeLessThanOrEqual(QUICK_RETRY_MS_MAX);
    push.retry();
    expect(push.did('start-attempt')).toMatchObject({ target: 'backup' });
  });

  it('is tried there at once when a live connection drops, if the owner says so', () => {
    const push = withBackup(0).goLive().pass(120_000).fail('RESET_BY_PEER');
    expect(push.retryInMs()).toBeLessThanOrEqual(QUICK_RETRY_MS_MAX);
    expect(push.retry().state.attempt?.target).toBe('backup');
    expect(withBackup(1).goLive().fail('RESET_BY_PEER').state.target).toBe('backup');
    expect(withBackup(2).goLive().fail('RESET_BY_PEER').state.target).toBe('main');
  });

  it('goes back to the main one in the same way, and then as slowly as ever', () => {
    const push = withBackup(1).fail('TCP_REFUSED').retry().fail('TCP_REFUSED');
    expect(push.state.target).toBe('main');
    expect(push.retryInMs()).toBe(2_000);
    push.retry().fail('TCP_REFUSED');
    expect(push.state.target).toBe('backup');
    expect(push.retryInMs()).toBe(4_000);
  });

  it('stays at the backup while that is well, and begins anew once it was healthy', () => {
    const push = withBackup(1).fail('TCP_REFUSED').retry().goLive().pass(60_000);
    expect(push.state.attempt?.target).toBe('backup');
    push.fail('RESET_BY_PEER');
    expect(push.state.target).toBe('main');
    expect(push.retryInMs()).toBeLessThanOrEqual(QUICK_RETRY_MS_MAX);
  });

  it('is never tried there without one, and not any more once it has none', () => {
    const push = withBackup(null);
    for (let count = 0; count < 10; count += 1) push.fail('TCP_REFUSED').retry();
    expect(push.state.target).toBe('main');
    const changed = withBackup(1).fail('TCP_REFUSED');
    changed.give({ kind: 'terms', terms: { backupAfter: null } });
    expect(changed.retry().state.attempt?.target).toBe('main');
  });

  it('is no matter of room in the quota, which is looked for on a calm beat', () => {
    const push = withBackup(1);
    for (let count = 0; count < 10; count += 1) {
      push.fail('OUT_QUOTA');
      expect(push.retryInMs()).toBe(ROOM_RETRY_MS);
      expect(push.state).toMatchObject({ phase: 'needs_attention', target: 'main', failures: 0 });
      push.retry();
    }
    expect(push.fail('TCP_REFUSED').state.target).toBe('backup');
  });

  it('begins at the main one with each broadcast, and when its settings change', () => {
    for (const kind of ['broadcast-ended', 'settings-changed'] as const) {
      const push = withBackup(1).fail('TCP_REFUSED').give({ kind });
      expect(push.state.target).toBe('main');
    }
  });

  it('is gone on with where a relay before this one was', () => {
    const push = withBackup(1).fail('TCP_REFUSED').retry();
    const memory = rememberPush(push.state, push.nowMs, WALL_MS);
    expect(memory).toMatchObject({ target: 'backup' });
    const restored = new Push(restorePush(memory, { nowMs: 1_000, wallMs: WALL_MS }));
    expect(withBackup(1, restored).state.attempt?.target).toBe('backup');
    const without = new Push(restorePush(memory, { nowMs: 1_000, wallMs: WALL_MS }));
    expect(withBackup(null, without).state.attempt?.target).toBe('main');
  });
});
