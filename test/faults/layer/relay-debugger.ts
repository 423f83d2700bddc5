import { once } from 'node:events';
import { waitFor } from '#testing';
import type { Forkcast } from '../../e2e/forkcast.ts';

const WITHIN_MS = 20_000;
/** What the product must be started with: debuggers of several products do not share a port. */
export const DEBUGGED = { NODE_OPTIONS: '--inspect-port=0' } as const;

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: {
    readonly sessionId: string;
    readonly workerInfo?: { readonly title: string };
    readonly message?: string;
  };
  readonly result?: { readonly result: { readonly value?: unknown } };
}

/** The ports at the other ends of a thread's connections. */
const PORTS = `process._getActiveHandles().flatMap((one) => one.remotePort ?? [])`;

/**
 * Node's own debugger, which it opens in a process of one's own on SIGUSR1: it runs code in the
 * relay's threads as they are, and so does to them what a fault of ours would.
 */
export class RelayDebugger {
  readonly #socket: WebSocket;
  /** By the thread's title, the newest last: a lane has another one each time it is started. */
  readonly #sessions = new Map<string, string>();
  readonly #answers = new Map<number, (message: Message) => void>();
  #asked = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => this.#hear(read(data)));
  }

  /** Of the relay as it runs now. */
  static async open(forkcast: Forkcast): Promise<RelayDebugger> {
    const heard = () => [...forkcast.output.matchAll(/Debugger listening on (ws:\S+)/g)];
    const before = heard().length;
    process.kill(await forkcast.appPid('relay'), 'SIGUSR1');
    const address = await waitFor('the debugger listens', () => heard()[before]?.[1], WITHIN_MS);
    const socket = new WebSocket(address);
    await once(socket, 'open');
    const one = new RelayDebugger(socket);
    one.#say({ method: 'NodeWorker.enable', params: { waitForDebuggerOnStart: false } });
    return one;
  }

  /** In the main thread's event loop, called by nobody who could catch what it throws. */
  runInMain(code: string): void {
    this.#say({ method: 'Runtime.evaluate', params: { expression: inItsTurn(code) } });
  }

  /** The same in a lane, such as `lane-0`. */
  async runIn(lane: string, code: string): Promise<void> {
    await this.#tell(lane, inItsTurn(code));
  }

  /** The lane that has a connection to, or from, that port. */
  async laneAt(port: number): Promise<string> {
    const look = async (): Promise<string | undefined> => {
      for (const lane of ['lane-0', 'lane-1']) {
        const { result } = await this.#tell(lane, `JSON.stringify(${PORTS})`);
        const ports = JSON.parse(String(result?.result.value)) as readonly number[];
        if (ports.includes(port)) return lane;
      }
      return undefined;
    };
    return waitFor(`a lane has a connection to port ${port}`, look, WITHIN_MS);
  }

  close(): void {
    this.#socket.close();
  }

  async #tell(lane: string, expression: string): Promise<Message> {
    const find = () => [...this.#sessions].findLast(([title]) => title.endsWith(lane))?.[1];
    const sessionId = await waitFor(`${lane} is attached`, find, WITHIN_MS);
    const { promise, resolve } = Promise.withResolvers<Message>();
    this.#asked += 1;
    this.#answers.set(this.#asked, resolve);
    const order = { id: this.#asked, method: 'Runtime.evaluate', params: { expression } };
    const message = JSON.stringify(order);
    this.#say({ method: 'NodeWorker.sendMessageToWorker', params: { sessionId, message } });
    return promise;
  }

  #hear({ method, params }: Message): void {
    if (params === undefined) return;
    const { sessionId, workerInfo, message } = params;
    if (method === 'NodeWorker.attachedToWorker' && workerInfo !== undefined) {
      this.#sessions.set(workerInfo.title, sessionId);
    }
    if (method === 'NodeWorker.detachedFromWorker') {
      for (const [title, id] of this.#sessions) if (id === sessionId) this.#sessions.delete(title);
    }
    if (method === 'NodeWorker.receivedMessageFromWorker' && message !== undefined) {
      const answer = read(message);
      this.#answers.get(answer.id ?? 0)?.(answer);
    }
  }

  #say(order: { readonly method: string; readonly params: object }): void {
    this.#socket.send(JSON.stringify({ id: 1, ...order }));
  }
}

function read(data: unknown): Message {
  return JSON.parse(String(data)) as Message;
}

function inItsTurn(code: string): string {
  return `setTimeout(() => { ${code} })`;
}
