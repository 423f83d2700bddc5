import { describe, expect, it } from 'vitest';
import { DRAIN_SECONDS_DEFAULT, endMsMax } from '../../apps/relay/src/end-budget.ts';
import { stopAllWithinMs, stopWithinMs } from './stop-budget.ts';

describe('the time that an end may take', () => {
  it('is 15 seconds for everything, unless the relay is given longer to drain', () => {
    expect(stopAllWithinMs(DRAIN_SECONDS_DEFAULT)).toBeLessThanOrEqual(15_000);
    expect(stopAllWithinMs(60) - stopAllWithinMs(0)).toBe(60_000);
  });

  it('is never less for the relay than what the relay takes', () => {
    for (const seconds of [0, 5, 900]) {
      expect(stopWithinMs('relay', seconds)).toBeGreaterThanOrEqual(endMsMax(seconds));
    }
  });
});
