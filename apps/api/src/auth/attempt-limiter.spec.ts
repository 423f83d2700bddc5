import { expect, test } from 'vitest';
import { AttemptLimiter } from './attempt-limiter.ts';

function limiter(keysMax = 10) {
  let nowMs = 0;
  const clock = { monotonicMs: () => nowMs, wallMs: () => 0 };
  const subject = new AttemptLimiter({ attempts: 3, windowMs: 1000, keysMax }, clock);
  return { subject, passMs: (ms: number) => void (nowMs += ms) };
}

test('as many attempts as allowed pass, the next is told how long to wait', () => {
  const { subject, passMs } = limiter();
  expect([1, 2, 3].map(() => subject.attempt('a'))).toEqual([0, 0, 0]);
  passMs(400);
  expect(subject.attempt('a')).toBe(600);
  expect(subject.attempt('b')).toBe(0);
});

test('waiting while refused is not prolonged by trying', () => {
  const { subject, passMs } = limiter();
  for (let attempt = 0; attempt < 9; attempt += 1) subject.attempt('a');
  passMs(999);
  expect(subject.attempt('a')).toBe(1);
  passMs(1);
  expect(subject.attempt('a')).toBe(0);
});

test('a success forgets what went before', () => {
  const { subject } = limiter();
  for (let attempt = 0; attempt < 3; attempt += 1) subject.attempt('a');
  subject.forget('a');
  expect(subject.attempt('a')).toBe(0);
});

test('memory is bounded: one key too many makes the oldest forgotten', () => {
  const { subject } = limiter(2);
  for (let attempt = 0; attempt < 3; attempt += 1) subject.attempt('a');
  subject.attempt('b');
  expect(subject.attempt('a')).toBeGreaterThan(0);
  subject.attempt('c');
  expect(subject.attempt('a')).toBe(0);
});
