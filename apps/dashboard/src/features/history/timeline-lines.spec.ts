import { describe, expect, it } from 'vitest';
import type { TimelineEvent } from '../../lib/history-api.ts';
import { lineLook, linesOf, shownOf } from './timeline-lines.ts';

const entry = (second: number, more: Partial<TimelineEvent> = {}): TimelineEvent => ({
  id: `${second}`,
  broadcastId: 'broadcast',
  at: new Date(second * 1_000).toISOString(),
  kind: 'push',
  code: 'CONNECT_TIMEOUT',
  message: 'Main channel: no answer.',
  destinationId: 'one',
  remoteWords: null,
  actor: null,
  ...more,
});

describe('the lines of a timeline', () => {
  it('say once what was said again and again, with how often and until when', () => {
    const told = [entry(0), entry(1), entry(2), entry(3, { code: 'PUSH_LIVE' }), entry(4)];
    expect(linesOf(told).map(({ event, times, lastAt }) => [event.id, times, lastAt])).toEqual([
      ['0', 3, entry(2).at],
      ['3', 1, entry(3).at],
      ['4', 1, entry(4).at],
    ]);
  });

  it.each([{ remoteWords: 'full' }, { actor: 'owner' }, { destinationId: 'two' }, { message: '' }])(
    'do not say at once what differs: %j',
    (more) => {
      expect(linesOf([entry(0), entry(1, more)])).toHaveLength(2);
    },
  );

  it('are of all, of a kind, or of a destination', () => {
    const told = [entry(0), entry(1, { destinationId: 'two' }), entry(2, { kind: 'ingest' })];
    const ids = (show: string) => shownOf(told, show).map(({ id }) => id);
    expect(ids('')).toEqual(['0', '1', '2']);
    expect(ids('push')).toEqual(['0', '1']);
    expect(ids('push:two')).toEqual(['1']);
  });

  it('are red for what asked for a person, and for nothing that mends itself', () => {
    const rejected = new Set(['KEY_REJECTED']);
    const toneOf = (more: Partial<TimelineEvent>) => lineLook(entry(0, more), rejected).tone;
    expect(toneOf({ code: 'KEY_REJECTED' })).toBe('bad');
    expect(toneOf({})).toBe('fair');
    expect(toneOf({ code: 'constructor' })).toBe('fair');
    expect(toneOf({ code: 'PUSH_LIVE' })).toBe('good');
    expect(toneOf({ code: 'KEY_REJECTED', kind: 'action' })).toBe('quiet');
  });
});
