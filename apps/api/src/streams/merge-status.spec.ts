import { describe, expect, it } from 'vitest';
import { DEFAULT_WORKSPACE_ID, NO_DESTINATION_RULES, NO_STREAM_RULES } from '#contracts';
import type { DesiredDestination, DesiredStream, PushStatus, StreamStatus } from '#contracts';
import { mergeStatus, ON_ITS_WAY_MS } from './merge-status.ts';

const NOW = new Date('2026-11-20T12:00:00.000Z');
const CHANGED = '2026-11-20T11:00:00.000Z';

const destination = (id: string, enabled = true): DesiredDestination => ({
  ...NO_DESTINATION_RULES,
  id,
  name: id,
  platform: 'custom',
  url: 'rtmp://live.example/app',
  backupUrl: null,
  sealedKey: 'v1.sealed',
  enabled,
  delaySeconds: 0,
  resume: 'live',
  backupAfter: 3,
  updatedAt: CHANGED,
  restartToken: 0,
});
const desired = (...destinations: DesiredDestination[]): DesiredStream => ({
  ...NO_STREAM_RULES,
  streamId: 'stream',
  name: 'Show',
  graceSeconds: 30,
  endOnUnpublish: false,
  takeover: 'takeover',
  deleted: false,
  destinations,
});
const push = (destinationId: string, state: PushStatus['state']): PushStatus => ({
  ...(mergeStatus(desired(destination(destinationId)), undefined, NOW).pushes[0] as PushStatus),
  state,
  kbps: 6_000,
});
const actual = (...pushes: PushStatus[]): StreamStatus => ({
  streamId: 'stream',
  workspaceId: DEFAULT_WORKSPACE_ID,
  state: 'live',
  broadcast: { id: 'broadcast', startedAt: CHANGED },
  ingest: null,
  activeInput: null,
  inputs: { primary: null, backup: null },
  graceEndsAt: null,
  hold: null,
  delaySecondsMax: null,
  warnings: [],
  pushes,
  updatedAt: CHANGED,
});

describe('mergeStatus', () => {
  it('shows a stream that no relay speaks of as offline, its destinations at rest', () => {
    const status = mergeStatus(
      desired(destination('on'), destination('off', false)),
      undefined,
      NOW,
    );
    expect(status.state).toBe('offline');
    expect(status.pushes).toMatchObject([
      { destinationId: 'on', enabled: true, state: 'awaiting_stream', since: CHANGED },
      { destinationId: 'off', enabled: false, state: 'stopped' },
    ]);
  });

  it('counts, without a relay, as older than its first word and newer than its last', () => {
    const { updatedAt } = mergeStatus(desired(), undefined, NOW);
    expect(NOW.getTime() - Date.parse(updatedAt)).toBe(ON_ITS_WAY_MS);
    expect(ON_ITS_WAY_MS).toBeGreaterThan(0);
    // As long as a relay's word holds: STATUS_TTL_MS of #live.
    expect(ON_ITS_WAY_MS).toBeLessThan(3_000);
  });

  it('never calls a destination live that the relay does not speak of', () => {
    const status = mergeStatus(
      desired(destination('known'), destination('new')),
      actual(push('known', 'live')),
      NOW,
    );
    expect(status.pushes.map(({ state }) => state)).toEqual(['live', 'awaiting_stream']);
  });

  it('keeps what is wanted and what is so apart', () => {
    const status = mergeStatus(desired(destination('a', false)), actual(push('a', 'live')), NOW);
    expect(status.pushes).toMatchObject([{ enabled: false, state: 'live', kbps: 6_000 }]);
  });

  it('leaves out destinations that are deleted', () => {
    expect(mergeStatus(desired(), actual(push('gone', 'live')), NOW).pushes).toEqual([]);
  });

  it('carries no sealed key', () => {
    const status = mergeStatus(desired(destination('a')), undefined, NOW);
    expect(JSON.stringify(status)).not.toContain('sealed');
  });
});
