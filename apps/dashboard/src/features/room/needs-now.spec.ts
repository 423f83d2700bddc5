import { describe, expect, it } from 'vitest';
import type { PushState, StreamStatus } from '#contracts';
import type { Incident } from '../../lib/incidents.ts';
import { needsNow, needyOf } from './needs-now.ts';

const entry = (second: number, more: Partial<Incident> = {}): Incident => ({
  at: new Date(second * 1_000).toISOString(),
  kind: 'push',
  code: 'KEY_REJECTED',
  message: 'Refused.',
  destinationId: 'one',
  ...more,
});
const ofEncoder = { kind: 'ingest', destinationId: null } as const;
const fight = entry(0, { ...ofEncoder, code: 'ENCODERS_FIGHT' });
const needyIn = (state: PushState, code = 'KEY_REJECTED', enabled = true) =>
  needyOf({
    pushes: [{ destinationId: 'one', state, enabled, lastError: { code } }],
  } as unknown as StreamStatus);
const told = [entry(3, { code: 'PUSH_STOPPED' }), entry(2), entry(1)];

describe('what still waits for a person', () => {
  it('is the last failure of a destination that stands at it', () => {
    const needs = needsNow(told, needyIn('needs_attention'), true);
    expect([...needs]).toEqual([told[1]]);
  });

  it.each([
    ['it is tried again', needyIn('retrying')],
    ['it goes well', needyIn('live')],
    ['nobody wants it', needyIn('needs_attention', 'KEY_REJECTED', false)],
    ['it stands at something else', needyIn('needs_attention', 'TLS_CERTIFICATE')],
    ['nobody knows', []],
  ])('is nothing where %s', (_why, needy) => {
    expect(needsNow(told, needy, true).size).toBe(0);
  });

  it('are encoders that fight, until something else is told of an encoder, or all is over', () => {
    expect(needsNow([entry(1), fight], [], true)).toEqual(new Set([fight]));
    const later = entry(1, { ...ofEncoder, code: 'ENCODER_RETURNED' });
    expect(needsNow([later, fight], [], true).size).toBe(0);
    expect(needsNow([fight], [], false).size).toBe(0);
  });

  it('is an encoder that is refused, also while its picture is held', () => {
    const refused = entry(1, { ...ofEncoder, code: 'ENCODER_QUARANTINED' });
    const held = entry(2, { ...ofEncoder, code: 'HOLD_STARTED' });
    expect(needsNow([held, refused], [], true)).toEqual(new Set([refused]));
  });
});
