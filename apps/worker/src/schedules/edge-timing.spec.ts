import { expect, it } from 'vitest';
import type { StandingEdge } from '#persistence';
import { edgeTiming } from './edge-timing.ts';

const edge: StandingEdge = {
  id: 'edge',
  scheduleId: 'schedule',
  scheduleName: 'Friday show',
  workspaceId: 'workspace',
  streamId: 'stream',
  destinationId: null,
  kind: 'stop',
  offsetMinutes: 0,
  startsAtMinute: 20 * 60 + 15,
  timeZone: 'Europe/Berlin',
  recurrence: { kind: 'weekly', weekdays: [4, 0] },
  nextDueAt: new Date('2026-11-27T19:15:00Z'),
};

it.each([
  [0, '15 20 * * 1,5'],
  [224, '59 23 * * 1,5'],
  [225, '0 0 * * 2,6'],
  [3 * 1_440, '15 20 * * 1,4'],
  [10_080, '15 20 * * 1,5'],
])('an edge %i minutes into the window comes up at %s', (offsetMinutes, pattern) => {
  expect(edgeTiming({ ...edge, offsetMinutes })).toEqual({
    kind: 'weekly',
    edgeId: 'edge',
    pattern,
    timeZone: 'Europe/Berlin',
  });
});

it('an edge that is once comes up when it is due', () => {
  const once = { ...edge, recurrence: { kind: 'once', date: '2026-11-27' } } as const;
  const dueMs = edge.nextDueAt.getTime();
  expect(edgeTiming(once)).toEqual({ kind: 'once', edgeId: 'edge', dueMs });
});
