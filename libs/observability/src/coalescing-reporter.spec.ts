import { expect, test } from 'vitest';
import type { Timers } from '#kernel';
import { CoalescingReporter } from './coalescing-reporter.ts';
import type { CoalescedReport } from './coalescing-reporter.ts';

/** Timers that end when told to. */
function handTimers() {
  const tasks = new Set<() => void>();
  const windows: number[] = [];
  const timers: Timers = {
    after(delayMs, task) {
      windows.push(delayMs);
      tasks.add(task);
      return () => void tasks.delete(task);
    },
  };
  const endWindows = (): void => {
    const due = [...tasks];
    tasks.clear();
    for (const task of due) task();
  };
  return { timers, endWindows, tasks, windows };
}

function reporter() {
  const { timers, endWindows, tasks, windows } = handTimers();
  const said: CoalescedReport<number>[] = [];
  const subject = new CoalescingReporter<number>({ timers, write: (report) => said.push(report) });
  return { subject, said, endWindows, tasks, windows };
}

test('the first report goes out at once, its repeats once per window with their number', () => {
  const { subject, said, endWindows } = reporter();
  for (const detail of [1, 2, 3]) subject.report('away', detail);
  expect(said).toEqual([{ kind: 'away', times: 1, detail: 1 }]);
  endWindows();
  expect(said[1]).toEqual({ kind: 'away', times: 2, detail: 3 });
  subject.report('away', 4);
  expect(said).toHaveLength(2);
  endWindows();
  expect(said[2]).toEqual({ kind: 'away', times: 1, detail: 4 });
});

test('after a quiet window a report goes out at once again', () => {
  const { subject, said, endWindows, tasks } = reporter();
  subject.report('away', 1);
  endWindows();
  expect(tasks.size).toBe(0);
  subject.report('away', 2);
  expect(said).toEqual([
    { kind: 'away', times: 1, detail: 1 },
    { kind: 'away', times: 1, detail: 2 },
  ]);
});

test('kinds do not hide each other, and beyond 64 they share one window', () => {
  const { subject, said, tasks } = reporter();
  for (let kind = 0; kind < 64; kind += 1) subject.report(`kind ${kind}`, kind);
  expect(said).toHaveLength(64);
  subject.report('kind 64', 64);
  subject.report('kind 65', 65);
  expect(said.slice(64)).toEqual([{ kind: 'other reports', times: 1, detail: 64 }]);
  expect(tasks.size).toBe(65);
});

test('closing says what is still counted and leaves no timer', () => {
  const { subject, said, tasks } = reporter();
  subject.report('away', 1);
  subject.report('away', 2);
  subject.close();
  expect(said).toHaveLength(2);
  expect(tasks.size).toBe(0);
});

test('what goes on and on is said ever less often, and at once again after a pause', () => {
  const { subject, said, endWindows, windows } = reporter();
  subject.report('away', 0);
  for (let window = 1; window <= 8; window += 1) {
    subject.report('away', window);
    endWindows();
  }
  expect(windows.map((ms) => ms / 1000)).toEqual([1, 2, 4, 8, 16, 32, 64, 64, 64]);
  endWindows();
  subject.report('away', 9);
  expect(said).toHaveLength(10);
  expect(windows.at(-1)).toBe(1000);
});
