import { describe, expect, it } from 'vitest';
import type { NodePresence } from '#live';
import { nodeSchema, nodeView } from './node-view.ts';

const NOW_MS = Date.UTC(2026, 10, 20, 10);
const DAY_MS = 86_400_000;
const BASE = {
  nodeId: 'relay-a',
  startedAt: '2026-11-20T09:00:00.000Z',
  lanes: 2,
  streams: 1,
} as const satisfies NodePresence;

const daysLeft = (leftMs: number): number | undefined => {
  const expiresAt = new Date(NOW_MS + leftMs).toISOString();
  const certificate = { subject: 'CN=live', issuer: 'CN=us', expiresAt, isSelfMade: false };
  return nodeView({ ...BASE, certificate }, NOW_MS).certificate?.daysLeft;
};

describe('a node as it is shown', () => {
  it('of an earlier version says less, and nothing that is not so', () => {
    const view = nodeView(BASE, NOW_MS);
    expect(nodeSchema.parse(view)).toEqual(view);
    expect(view).toMatchObject({
      id: 'relay-a',
      streams: 1,
      isDraining: false,
      lanes: [],
      memory: null,
      certificate: null,
    });
  });

  it('counts whole days that its certificate has left', () => {
    expect(daysLeft(12 * DAY_MS)).toBe(12);
    expect(daysLeft(12 * DAY_MS - 1)).toBe(11);
    expect(daysLeft(0)).toBe(0);
    expect(daysLeft(-1)).toBe(-1);
  });
});
