import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

const ANSWER_WITHIN_MS = 120_000;

interface Question {
  readonly id: number;
  readonly order: unknown;
}

interface Answer {
  readonly id: number;
  readonly result: unknown;
}

/**
 * A process of the load, with its cost to itself. It is told orders and answers each; it ends with
 * this process, and its early end is this process' failure.
 */
export class LoadProcess<Order> {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (result: unknown) => void>();
  #asked = 0;
  #stopping = false;
  /** Rejects when the process ends by itself. */
  readonly #failed: Promise<never>;

  constructor(file: string) {
    const child = fork(file, [], {
      execArgv: ['--conditions=source'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#child = child;
    child.on('message', ({ id, result }: Answer) => {
      this.#waiting.get(id)?.(result);
      this.#waiting.delete(id);
    });
    this.#failed = once(child, 'exit').then(([code]) => {
      if (this.#stopping) return new Promise<never>(() => undefined);
      throw new Error(`${file} ended with code ${String(code)}`);
    });
    this.#failed.catch(() => undefined);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  ask<Result>(order: Order): Promise<Result> {
    this.#asked += 1;
    const id = this.#asked;
    this.#child.send({ id, order } satisfies Question);
    const answered = new Promise<unknown>((resolve, reject) => {
      const deadline = setTimeout(
        () => reject(new Error('a load process does not answer')),
        ANSWER_WITHIN_MS,
      );
      this.#waiting.set(id, (result) => {
        clearTimeout(deadline);
        resolve(result);
      });
    });
    return Promise.race([answered, this.#failed]) as Promise<Result>;
  }

  async stop(): Promise<void> {
    if (this.#stopping || this.#child.exitCode !== null) return;
    this.#stopping = true;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }
}

/** The child's side. It ends with its parent. */
export function answerParent<Order>(answer: (order: Order) => unknown): void {
  process.on('message', (question: Question) => {
    void Promise.resolve(answer(question.order as Order)).then((result) =>
      process.send?.({ id: question.id, result } satisfies Answer),
    );
  });
  process.on('disconnect', () => process.exit(0));
}
