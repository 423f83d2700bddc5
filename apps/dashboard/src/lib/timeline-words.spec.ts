import { describe, expect, it } from 'vitest';
import type { Incident } from './incidents.ts';
import { entryLook, isFailure, kindOf, returnWords } from './timeline-words.ts';

const entry = (more: Partial<Incident> = {}): Incident => ({
  at: '2026-11-21T20:14:00.000Z',
  kind: 'push',
  code: 'CONNECT_TIMEOUT',
  message: 'Kick: no answer.',
  destinationId: 'kick',
  ...more,
});
const toneOf = (more: Partial<Incident>, asksForPerson = false): string =>
  entryLook(entry(more), asksForPerson).tone;

describe('an entry of a timeline', () => {
  it.each([
    ['a failure that mends itself', {}],
    ['a code of a later version', { code: 'constructor' }],
    ['encoders that fought', { kind: 'ingest', code: 'ENCODERS_FIGHT', destinationId: null }],
    ['an encoder that is away', { kind: 'ingest', code: 'ENCODER_LOST', destinationId: null }],
  ] as const)('is amber for %s', (_what, more) => {
    expect(toneOf(more)).toBe('fair');
  });

  it('is red for what asks for a person now, with what to do', () => {
    expect(toneOf({ code: 'KEY_REJECTED' }, true)).toBe('bad');
    expect(entryLook(entry({ kind: 'ingest', code: 'ENCODERS_FIGHT' }), true)).toMatchObject({
      tone: 'bad',
      meaning: expect.stringContaining('Stop one of them'),
    });
  });

  it('is quiet for what somebody asked for, whatever its code', () => {
    expect(toneOf({ kind: 'action', code: 'KEY_REJECTED' }, true)).toBe('quiet');
  });

  it('is green for what is well again', () => {
    expect(toneOf({ code: 'PUSH_LIVE' })).toBe('good');
  });

  it('says after how long it is live again', () => {
    expect(returnWords('What is live. is live.', 16_200)).toBe(
      'What is live. is live again after 16 s.',
    );
    expect(returnWords('In words of another version.', 2_000)).toBe('In words of another version.');
  });

  it('is about what it says, or else what can be told from it', () => {
    const kindsOf = (more: Partial<Incident>) => {
      const { kind: _kind, ...early } = entry(more);
      return kindOf(early);
    };
    expect(kindsOf({})).toBe('push');
    expect(kindsOf({ destinationId: null })).toBe('ingest');
    expect(kindsOf({ actor: 'owner' })).toBe('action');
    expect(isFailure(entry())).toBe(true);
    expect(isFailure(entry({ code: 'PUSH_LIVE' }))).toBe(false);
    expect(isFailure(entry({ kind: 'ingest' }))).toBe(false);
  });
});
