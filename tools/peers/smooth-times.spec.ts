import { expect, it } from 'vitest';
import { MessageType } from '#rtmp';
import { ONE_MOMENT_MS, SmoothTimes } from './smooth-times.ts';

const FRAME = Buffer.from('2701000000', 'hex');
const HEADERS = { [MessageType.VIDEO]: '1700000000', [MessageType.AUDIO]: 'af001190' };

it('lifts what falls by less than a moment, and nothing else', () => {
  const times = new SmoothTimes();
  const of = (timestampMs: number) =>
    times.of({ type: MessageType.VIDEO, timestampMs, body: FRAME }).timestampMs;
  expect([0, 1_000, 1_000 - ONE_MOMENT_MS + 1, 1_010].map(of)).toEqual([0, 1_000, 1_000, 1_010]);
  expect([1_010 - ONE_MOMENT_MS, 950].map(of)).toEqual([910, 950]);
});

it.each([MessageType.VIDEO, MessageType.AUDIO] as const)('lifts headers of type %i', (type) => {
  const times = new SmoothTimes();
  times.of({ type: MessageType.VIDEO, timestampMs: 5_000, body: FRAME });
  const header = { type, timestampMs: 0, body: Buffer.from(HEADERS[type], 'hex') };
  expect(times.of(header).timestampMs).toBe(5_000);
  expect(times.of({ ...header, timestampMs: 6_000 }).timestampMs).toBe(6_000);
});
