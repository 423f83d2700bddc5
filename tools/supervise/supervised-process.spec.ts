import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Cancel, Timers } from '#kernel';
import type { ProcessPlan } from './process-plan.ts';
import { StartFault } from './start-fault.ts';
import { LAST_LINES_MS, SupervisedProcess } from './supervised-process.ts';

/** Timers that fire when the test says so. */
class ManualTimers implements Timers {
  readonly waiting: { delayMs: number; task: () => void }[] = [];

  after(delayMs: number, task: () => void): Cancel {
    const entry = { delayMs, task };
    this.waiting.push(entry);
    return () => {
      const index = this.waiting.indexOf(entry);
      if (index >= 0) this.waiting.splice(index, 1);
    };
  }

  fire(delayMs: number): void {
    const index = this.waiting.findIndex((entry) => entry.delayMs === delayMs);
    const [entry] = this.waiting.splice(index, 1);
    entry?.task();
  }
}

/** Says `ready` on IPC and lives until its channel closes. */
const WILLING = "process.send('ready'); process.on('message', (code) => process.exit(code))";
const DEAF = `process.on('SIGTERM', () => process.send('ignored')); ${WILLING}`;

/** Has a child of its own that keeps its pipes, and says who that is. */
const OUTLIVED = `
  const { spawn } = require('node:child_process');
  const child = spawn('sleep', ['60'], { stdio: ['ignore', 'inherit', 'inherit'] });
  process.send({ outliving: child.pid });
  ${WILLING}`;

class Bench {
  readonly timers = new ManualTimers();
  readonly children: ChildProcess[] = [];
  readonly incidents: string[] = [];
  nowMs = 0;
  #heard: { text: string; resolve: () => void } | undefined;

  supervise(script: string, program = process.execPath): SupervisedProcess {
    const plan: ProcessPlan = {
      name: 'child',
      launch: () => {
        const stdio: ('ignore' | 'pipe' | 'ipc')[] = ['ignore', 'pipe', 'pipe', 'ipc'];
        const child = spawn(program, ['-e', script], { stdio });
        this.children.push(child);
        return child;
      },
      watchReady: (child, ready) => {
        child.on('message', (message) => message === 'ready' && ready());
      },
      readyWithinMs: 30_000,
      stopSignal: 'SIGTERM',
      stopWithinMs: 5000,
    };
    return new SupervisedProcess(plan, {
      clock: { monotonicMs: () => this.nowMs, wallMs: () => this.nowMs },
      timers: this.timers,
      events: {
        line: () => undefined,
        incident: (_name, sentence) => {
          this.incidents.push(sentence);
          if (this.#heard !== undefined && sentence.includes(this.#heard.text)) {
            this.#heard.resolve();
          }
        },
      },
    });
  }

  /** Resolves at the next incident whose sentence holds `text`. */
  incident(text: string): Promise<void> {
    return new Promise((resolve) => {
      this.#heard = { text, resolve };
    });
  }

  get child(): ChildProcess {
    const child = this.children.at(-1);
    if (child === undefined) throw new Error('no child was started');
    return child;
  }
}

describe('SupervisedProcess', () => {
  let bench: Bench;

  beforeEach(() => {
    bench = new Bench();
  });

  afterEach(() => {
    for (const child of bench.children) child.kill('SIGKILL');
  });

  it('is ready when the process says so, and gone after stop', async () => {
    const supervised = bench.supervise(WILLING);
    await supervised.start();
    expect(supervised.state).toBe('ready');
    await supervised.stop();
    expect(supervised.state).toBe('stopped');
    expect(bench.child.signalCode).toBe('SIGTERM');
    expect(bench.timers.waiting).toEqual([]);
  });

  it.each(['is started again', 'is gone when it is stopped'])(
    'that ended, though a child of its own holds its pipes, %s',
    async (how) => {
      const supervised = bench.supervise(OUTLIVED);
      const started = supervised.start();
      const [{ outliving }] = (await once(bench.child, 'message')) as [{ outliving: number }];
      try {
        await started;
        const { child } = bench;
        const ended = once(child, 'exit');
        const stopped = how.includes('stopped') ? supervised.stop() : undefined;
        child.kill('SIGKILL');
        await ended;
        const again = stopped ?? bench.incident('starting it again');
        bench.timers.fire(LAST_LINES_MS);
        await again;
        expect(supervised.state).toBe(stopped === undefined ? 'waiting' : 'stopped');
      } finally {
        process.kill(outliving, 'SIGKILL');
        await supervised.stop();
      }
    },
  );

  it('fails with the last line of stderr when the process ends before it was ready', async () => {
    const script = "console.error('noise'); console.error('HTTP_PORT is wrong'); process.exit(1)";
    const supervised = bench.supervise(script);
    await expect(supervised.start()).rejects.toThrow('child: HTTP_PORT is wrong');
    expect(supervised.state).toBe('stopped');
    expect(bench.timers.waiting).toEqual([]);
  });

  it('names the exit code when the process ended silently', async () => {
    const supervised = bench.supervise('process.exit(3)');
    await expect(supervised.start()).rejects.toThrow('ended with code 3 before it was ready');
  });

  it('fails when the program cannot be run at all', async () => {
    const supervised = bench.supervise('', '/nonexistent/program');
    await expect(supervised.start()).rejects.toBeInstanceOf(StartFault);
  });

  it('kills and reports a process that is not ready in time', async () => {
    const supervised = bench.supervise('setInterval(() => undefined, 1000)');
    const started = supervised.start();
    bench.timers.fire(30_000);
    await expect(started).rejects.toThrow('not ready within 30 s');
  });

  it('starts a process that died again, after 250 ms, then 500 ms', async () => {
    const supervised = bench.supervise(WILLING);
    await supervised.start();
    for (const delayMs of [250, 500]) {
      const died = bench.incident(`ended with SIGKILL; starting it again in ${delayMs} ms`);
      bench.child.kill('SIGKILL');
      await died;
      expect(supervised.state).toBe('waiting');
      const again = bench.incident('is ready again');
      bench.timers.fire(delayMs);
      await again;
    }
    expect(bench.children).toHaveLength(3);
    await supervised.stop();
  });

  it('goes back to the short delay after a minute of being ready', async () => {
    const supervised = bench.supervise(WILLING);
    await supervised.start();
    const first = bench.incident('in 250 ms');
    bench.child.kill('SIGKILL');
    await first;
    const again = bench.incident('is ready again');
    bench.timers.fire(250);
    await again;
    bench.nowMs += 60_000;
    const second = bench.incident('in 250 ms');
    bench.child.kill('SIGKILL');
    await second;
    await supervised.stop();
  });

  it('kills a process that does not end within its time', async () => {
    const supervised = bench.supervise(DEAF);
    await supervised.start();
    const ignored = once(bench.child, 'message');
    const stopped = supervised.stop();
    await ignored;
    bench.timers.fire(5000);
    await stopped;
    expect(bench.child.signalCode).toBe('SIGKILL');
  });

  it('does not start again when stopped while it waits', async () => {
    const supervised = bench.supervise(WILLING);
    await supervised.start();
    const died = bench.incident('starting it again');
    bench.child.send(7);
    await died;
    await supervised.stop();
    expect(bench.timers.waiting).toEqual([]);
    expect(bench.children).toHaveLength(1);
  });

  it('rejects a start that a stop overtook', async () => {
    const supervised = bench.supervise('setInterval(() => undefined, 1000)');
    const started = supervised.start();
    await supervised.stop();
    await expect(started).rejects.toThrow('stopped before it was ready');
  });
});
