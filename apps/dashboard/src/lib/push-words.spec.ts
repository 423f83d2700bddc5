import { describe, expect, it } from 'vitest';
import { byteWords, isOnAir, isUnderWay, ladderOf, underWayMs } from './push-words.ts';

const at = '2026-01-01T12:00:00.000Z';
const nothing = {
  tcp: null,
  tls: null,
  publishAccepted: null,
  bytesWritten: 0,
  bytesAcked: 0,
  lastProgressAt: null,
};
const said = (evidence: Partial<typeof nothing> | object, isSecret = true) =>
  ladderOf({ evidence: { ...nothing, ...evidence } }, isSecret).map(
    (rung) => `${rung.words}: ${rung.at ?? rung.said}`,
  );

it.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1_000, '1 kB'],
  [999_999, '999 kB'],
  [1_000_000, '1.0 MB'],
  [12_400_000, '12.4 MB'],
  [1_000_000_000, '1.0 GB'],
])('says %i bytes as %s', (bytes, words) => {
  expect(byteWords(bytes)).toBe(words);
});

it('is seen by viewers while it is live, also when it falls behind', () => {
  expect(isOnAir({ state: 'live' })).toBe(true);
  expect(isOnAir({ state: 'degraded' })).toBe(true);
  expect(isOnAir({ state: 'retrying' })).toBe(false);
  expect(isOnAir({ state: 'draining' })).toBe(false);
});

describe('what was switched just now', () => {
  const atMs = Date.parse(at);

  it.each([
    [true, 'stopped', true],
    [true, 'connecting', false],
    [true, 'awaiting_stream', false],
    [false, 'live', true],
    [false, 'retrying', true],
    [false, 'draining', false],
    [false, 'stopped', false],
  ] as const)('wanted %s and %s: under way %s', (enabled, state, underWay) => {
    expect(isUnderWay({ enabled, updatedAt: at }, { state }, atMs)).toBe(underWay);
  });

  it('is shown as it is when that takes too long', () => {
    const under = (ms: number) =>
      isUnderWay({ enabled: false, updatedAt: at }, { state: 'live' }, atMs + ms);
    expect(under(underWayMs - 1)).toBe(true);
    expect(under(underWayMs)).toBe(false);
  });
});

describe('the ladder of evidence', () => {
  it('says of each step that it was not yet taken', () => {
    expect(said({})).toEqual([
      'Connected: not yet',
      'Encrypted: not yet',
      'Stream accepted: not yet',
      'Sent: not yet',
      'Acknowledged: not yet',
      'Last progress: not yet',
    ]);
  });

  it('says when, and how much', () => {
    const seen = { tcp: at, tls: at, publishAccepted: at, lastProgressAt: at };
    expect(said({ ...seen, bytesWritten: 5_000_000, bytesAcked: 2_500_000 })).toEqual([
      `Connected: ${at}`,
      `Encrypted: ${at}`,
      `Stream accepted: ${at}`,
      'Sent: 5.0 MB',
      'Acknowledged: 2.5 MB',
      `Last progress: ${at}`,
    ]);
  });

  it('waits for no encryption where the URL asks for none', () => {
    expect(said({ tcp: at }, false)[1]).toBe('Encrypted: no, its URL is rtmp://');
  });

  it.each([
    [19_999_999, 'Acknowledged: not yet'],
    [20_000_000, 'Acknowledged: this server acknowledges nothing'],
  ])('after %i bytes without an answer says %j', (bytesWritten, words) => {
    expect(said({ bytesWritten })[4]).toBe(words);
  });
});
