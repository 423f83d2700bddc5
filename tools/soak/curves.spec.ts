import { describe, expect, it } from 'vitest';
import { drawCurves } from './curves.ts';
import type { Sample } from './samples.ts';

const pids = { relay: 1, API: 2, worker: 3 };
const samples: Sample[] = Array.from({ length: 3_000 }, (_, index) => ({
  atMs: index * 5_000,
  values: { 'relay RSS': 150 + (index === 1_777 ? 70 : 0), 'age p99': 4 },
  pids,
}));
const mark = { fromMs: 60_000, toMs: 90_000, kind: 'house' } as const;

describe('the curves', () => {
  const svg = drawCurves(samples, [mark], 'A soak');

  it('are well formed, and small', () => {
    expect(svg.match(/<(svg|text)\b/g)?.length).toBe(svg.match(/<\/(svg|text)>/g)?.length);
    expect(svg.length).toBeLessThan(150_000);
  });

  it('stay within their picture, and reach its end', () => {
    const [line = ''] = /<polyline points="[^"]+"/.exec(svg) ?? [];
    const places = [...line.matchAll(/([\d.]+),([\d.]+)/g)].map(([, x, y]) => [
      Number(x),
      Number(y),
    ]);
    expect(places.length).toBeLessThanOrEqual(360);
    expect(Math.max(...places.map(([x = 0]) => x))).toBeCloseTo(810, -1);
    expect(Math.min(...places.map(([, y = 0]) => y))).toBeGreaterThan(24);
  });

  it('keep a peak of one sample among thousands', () => {
    const [line = ''] = /<polyline points="[^"]+"/.exec(svg) ?? [];
    expect(new Set([...line.matchAll(/,([\d.]+)/g)].map(([, y]) => y)).size).toBe(2);
  });

  it('show when a fault was under way, in every panel', () => {
    expect(svg.match(/height="4" fill="#d1242f"/g)).toHaveLength(1);
    expect(svg.match(/<use href="#faults"/g)?.length).toBeGreaterThan(5);
  });
});
