import { describe, expect, it } from 'vitest';
import { refusedLatelyMs, wrongKeyLately } from './refused-encoder.ts';

const nowMs = Date.UTC(2026, 10, 20, 10);
const refused = (agoMs: number, reason = 'wrong-key', address = `${reason} ${agoMs}`) => ({
  at: new Date(nowMs - agoMs).toISOString(),
  address,
  reason,
});
const seen = (...nodes: ReturnType<typeof refused>[][]) =>
  wrongKeyLately(
    nodes.map((refusedPublishes) => ({ refusedPublishes })),
    nowMs,
  )?.address;

describe('the encoder that was sent away for its key', () => {
  it('is the last one, of whichever relay', () => {
    expect(seen([refused(9_000)], [refused(4_000), refused(6_000)])).toBe('wrong-key 4000');
    expect(seen([refused(9_000, 'blocked'), refused(10_000)])).toBe('blocked 9000');
  });

  it('is none where none was, where it was long ago, or for something else', () => {
    expect(seen()).toBeUndefined();
    expect(seen([])).toBeUndefined();
    expect(seen([refused(refusedLatelyMs)])).toBe(`wrong-key ${refusedLatelyMs}`);
    expect(seen([refused(refusedLatelyMs + 1)])).toBeUndefined();
    expect(seen([refused(1_000, 'refused')])).toBeUndefined();
  });
});
