import { describe, expect, it } from 'vitest';

import { linesOf } from './conversation.fixture.ts';
import { LinkControl } from './link-control.ts';
import { WINDOW_BYTES, WINDOW_BYTES_MIN } from './session-limits.ts';

const WINDOW = 5;
const BANDWIDTH = 6;
const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

/** What the link says after each of the given numbers of bytes has arrived. */
function saidAfter(arrivals: readonly number[], window?: number): string[][] {
  const sent: Buffer[] = [];
  const link = new LinkControl(
    (bytes) => sent.push(bytes),
    () => undefined,
  );
  if (window !== undefined) link.handle(WINDOW, uint32(window));
  return arrivals.map((bytes) => {
    link.received(bytes);
    link.acknowledge();
    return linesOf(Buffer.concat(sent.splice(0)));
  });
}

describe('a link', () => {
  const windows: ReadonlyArray<readonly [name: string, window: number | undefined, half: number]> =
    [
      ['our window, when the peer names none', undefined, WINDOW_BYTES / 2],
      ['our window, when the peer names 0', 0, WINDOW_BYTES / 2],
      ['our window, when the peer’s is larger', 5_000_000, WINDOW_BYTES / 2],
      ['a smaller window of the peer', 100_000, 50_000],
      ['the smallest window, when the peer names less', 1, WINDOW_BYTES_MIN / 2],
    ];

  it.each(windows)('acknowledges at half of %s', (_, window, half) => {
    const hex = half.toString(16).padStart(8, '0');
    expect(saidAfter([half - 1, 1, half - 1], window)).toEqual([[], [`3: ${hex}`], []]);
  });

  it('counts what it acknowledges in 32 bits', () => {
    expect(saidAfter([2 ** 32 - 1, WINDOW_BYTES])).toEqual([['3: ffffffff'], ['3: 0026259f']]);
  });

  it('answers a bandwidth that is not its window, and no other', () => {
    const sent: Buffer[] = [];
    const link = new LinkControl(
      (bytes) => sent.push(bytes),
      () => undefined,
    );
    link.announceWindow(7);
    for (const bandwidth of [7, 9, 9, 7]) {
      link.handle(BANDWIDTH, Buffer.concat([uint32(bandwidth), Buffer.of(2)]));
    }
    expect(linesOf(Buffer.concat(sent))).toEqual(['5: 00000009', '5: 00000007']);
  });

  it.each([
    [3, true],
    [4, true],
    [5, true],
    [6, true],
    [1, false],
    [8, false],
    [19, false],
  ])('knows whether type %d is its business: %s', (type, expected) => {
    const link = new LinkControl(
      () => undefined,
      () => undefined,
    );
    expect(link.handle(type, Buffer.alloc(5))).toBe(expected);
  });
});
