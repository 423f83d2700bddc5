import { LANE_LIMITS } from '#lanes';
import { describe, expect, it } from 'vitest';
import { DESCRIPTOR_SUM, DescriptorBudget, descriptorLimit } from './descriptor-budget.ts';

const { base, lane, inputs } = DESCRIPTOR_SUM;

/** A budget of two lanes with so many descriptors beside the process's own. */
function budgetOf(left: number): DescriptorBudget {
  return new DescriptorBudget({ limit: base + 2 * lane + left, lanes: 2 });
}

function claims(...destinations: number[]) {
  return destinations.map((count) => ({ streamId: 's', ring: undefined, destinations: count }));
}

describe('the descriptors of a process', () => {
  it.each([
    ['Limit  Soft\nMax open files            256   20000   files\nMax locked  8 8', 256],
    ['Max open files            unlimited            unlimited            files', Infinity],
    ['', Infinity],
  ])('are what the system says: %j', (text, limit) => {
    expect(descriptorLimit(() => text)).toBe(limit);
  });

  it('are read where this system says it', () => {
    expect(descriptorLimit()).toBeGreaterThan(64);
  });

  it.each([
    [256 - base - 2 * lane, 20],
    [1024 - base - 2 * lane, 116],
    [8 * LANE_LIMITS.pendingConnections - 1, LANE_LIMITS.pendingConnections - 1],
    [8 * LANE_LIMITS.pendingConnections, LANE_LIMITS.pendingConnections],
    [Infinity, LANE_LIMITS.pendingConnections],
  ])('of which %d are left let so many connections of a lane wait: %d', (left, pendingMax) => {
    const { limit, pendingConnectionsMax, connectionsMax } = budgetOf(left);
    expect(pendingConnectionsMax).toBe(pendingMax);
    expect(base + 2 * (lane + pendingMax) + connectionsMax).toBe(limit);
  });

  it('that are fewer than the process takes let one connection wait, and nobody begin', () => {
    const budget = new DescriptorBudget({ limit: 16, lanes: 2 });
    expect(budget).toMatchObject({ pendingConnectionsMax: 1, connectionsMax: 0 });
    expect(budget.refusal([], 0)).toMatchObject({ admitted: false });
  });

  it('are enough for a broadcast up to the last one, and not for one more', () => {
    const budget = budgetOf(40);
    const live = claims(10, 5);
    const room = budget.connectionsMax - (inputs + 10) - (inputs + 5) - inputs;
    expect(budget.refusal(live, room)).toBeUndefined();
    expect(budget.refusal(live, room + 1)).toMatchObject({
      code: 'NetStream.Publish.BadName',
      cause:
        `needs ${room + 1 + inputs} connections, and ${room + inputs} are left ` +
        'of 30 with 2 live (136 open files)',
    });
  });
});
