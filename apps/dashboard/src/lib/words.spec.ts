import { describe, expect, it } from 'vitest';
import {
  codecName,
  countWords,
  countdown,
  duration,
  encoderName,
  hostOf,
  kbitPerSecond,
  timeSpan,
} from './words.ts';

describe('a duration', () => {
  it.each([
    [-5_000, '0:00'],
    [7_999, '0:07'],
    [59_999, '0:59'],
    [60_000, '1:00'],
    [3_599_000, '59:59'],
    [3_600_000, '1:00:00'],
    [86_399_000, '23:59:59'],
    [86_400_000, '1 d 0 h'],
  ])('of %i ms is %s', (ms, words) => {
    expect(duration(ms)).toBe(words);
  });
});

describe('a countdown', () => {
  it.each([
    [-1, 'now'],
    [0, 'now'],
    [1, 'in 1 s'],
    [12_000, 'in 12 s'],
    [99_000, 'in 99 s'],
    [100_000, 'in 2 min'],
  ])('of %i ms is %s', (ms, words) => {
    expect(countdown(ms)).toBe(words);
  });
});

describe('a span of time', () => {
  it.each([
    [-1, '0 s'],
    [40, '0 s'],
    [449, '0.4 s'],
    [2_000, '2 s'],
    [9_949, '9.9 s'],
    [9_950, '10 s'],
    [99_499, '99 s'],
    [99_500, '1 min 40 s'],
    [600_000, '10 min'],
  ])('of %i ms is %s', (ms, words) => {
    expect(timeSpan(ms)).toBe(words);
  });
});

describe('the host of a server', () => {
  it.each([
    ['rtmps://a.rtmps.youtube.com:443/live2', 'a.rtmps.youtube.com'],
    ['rtmp://live.example:1935/app', 'live.example:1935'],
    ['rtmp://live.example', 'live.example'],
    ['nonsense', 'nonsense'],
  ])('of %s is %s', (url, host) => {
    expect(hostOf(url)).toBe(host);
  });
});

it('writes a rate with its unit', () => {
  expect(kbitPerSecond(6203.6)).toBe('6,204 kbit/s');
});

it('calls codecs by the names people know, and others as they come', () => {
  expect(['avc1', 'Opus', 'zzzz'].map(codecName)).toEqual(['H.264', 'Opus', 'zzzz']);
});

it('takes the disguise off an encoder', () => {
  expect(encoderName('FMLE/3.0 (compatible; Lavf59.27.100)')).toBe('Lavf59.27.100');
  expect(encoderName('Larix/1.3')).toBe('Larix/1.3');
});

it('counts', () => {
  expect([0, 1, 12_000].map((count) => countWords(count, 'frame'))).toEqual([
    '0 frames',
    '1 frame',
    '12,000 frames',
  ]);
});
