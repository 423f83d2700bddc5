import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, Server, Socket } from 'node:net';
import { join } from 'node:path';
import { RunningProgram } from '#testing';
import type { GateAnswer, GateWish } from './gate.process.ts';

const GATE = join(import.meta.dirname, 'gate.process.ts');
const LOOPBACK = '127.0.0.1';
/**
 * Of a network outside. With loopback's 65,536 the kernel takes megabytes into its buffers before a
 * writer feels that nobody reads.
 */
const MTU_BYTES = 1_500;
/** Else the kernel hands over up to 64 kB as one packet, which is lost as one. */
const SEGMENTS_AT_ONCE = 1;
const NARROW_BURST_KBYTES = 32;

/** What becomes of the packets from and to a port. */
export type Packets =
  | { readonly way: 'drop' }
  | { readonly way: 'lose'; readonly percent: number }
  /** What is more than that, in each direction, is lost. */
  | { readonly way: 'narrow'; readonly kbytesPerSecond: number };

type Handed = Server | Socket;

/**
 * A network of its own with nothing but a loopback interface, for the product and whatever else is
 * started with `prefix`. The run stays outside; ports are opened into it and out of it. What is
 * dropped or killed in it is seen by nobody else.
 *
 * It has no name and no interface on the machine, and is gone with its last process: there is
 * nothing to tidy up, also after a crash.
 */
export class NetworkNamespace {
  readonly #gate: ChildProcess;
  readonly #answers = new Map<number, (answer: GateAnswer, handed?: Handed) => void>();
  readonly #servers = new Set<Server>();
  readonly #sockets = new Set<Socket>();
  #wishes = 0;

  private constructor(gate: ChildProcess) {
    this.#gate = gate;
    gate.on('message', (answer: GateAnswer, handed?: unknown) => {
      const heard = this.#answers.get(answer.id);
      this.#answers.delete(answer.id);
      heard?.(answer, isHanded(handed) ? handed : undefined);
    });
  }

  static async make(): Promise<NetworkNamespace> {
    const command = ['--net', '--', process.execPath, '--conditions=source', GATE];
    const gate = spawn('unshare', command, {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: { PATH: process.env['PATH'] },
    });
    const killWithUs = (): boolean => gate.kill('SIGKILL');
    process.once('exit', killWithUs);
    gate.once('close', () => process.off('exit', killWithUs));
    await Promise.race([
      once(gate, 'message'),
      once(gate, 'close').then(() => Promise.reject(new Error('the gate did not open'))),
    ]);
    const namespace = new NetworkNamespace(gate);
    const settings = ['mtu', `${MTU_BYTES}`, 'gso_max_segs', `${SEGMENTS_AT_ONCE}`];
    await namespace.run('ip', ['link', 'set', 'dev', 'lo', ...settings, 'up']);
    return namespace;
  }

  /** Stands before a command that shall run in this network. */
  get prefix(): readonly string[] {
    return ['nsenter', `--net=/proc/${this.#gate.pid}/ns/net`, '--'];
  }

  /** Runs a program in it to its end, and gives what it printed. Throws with its last words. */
  async run(program: string, parameters: readonly string[]): Promise<string> {
    const [nsenter = '', ...rest] = this.prefix;
    const running = new RunningProgram(nsenter, [...rest, program, ...parameters]);
    const { code } = await running.ended;
    if (code === 0) return running.stdout;
    throw new Error(`${program} ${parameters.join(' ')}: ${running.stderr.trim()}`);
  }

  /** Whoever dials this port outside reaches what listens on it inside. */
  async openInto(port: number): Promise<void> {
    const server = createServer({ pauseOnConnect: true }, (outer) => {
      this.#join(outer, this.#ask({ way: 'dial', port }));
    });
    this.#servers.add(server);
    server.listen(port, LOOPBACK);
    await once(server, 'listening');
  }

  /** Whoever dials this port inside reaches what listens on it outside. */
  async openOutOf(port: number): Promise<void> {
    const server = await this.#ask({ way: 'listen', port });
    if (!(server instanceof Server)) throw new Error('the gate gave no server');
    this.#servers.add(server);
    server.on('connection', (inner) => {
      const outer = connect(port, LOOPBACK);
      this.#join(
        inner,
        once(outer, 'connect').then(() => outer),
      );
    });
  }

  /** From now on, in this network, for both ways of a port; without `packets` as before. */
  async treat(port: number, packets?: Packets): Promise<void> {
    const table = `inet faults_${port}`;
    const script = [`add table ${table}`, `delete table ${table}`];
    if (packets !== undefined) {
      script.push(
        `add table ${table}`,
        `add chain ${table} input { type filter hook input priority 0; policy accept; }`,
        ...['sport', 'dport'].map(
          (end) => `add rule ${table} input tcp ${end} ${port} ${verb(packets)}`,
        ),
      );
    }
    await this.run('nft', [script.join('\n')]);
  }

  /** How many packets of a port were dropped since it was last treated. */
  async packetsDropped(port: number): Promise<number> {
    const rules = await this.run('nft', ['list', 'table', 'inet', `faults_${port}`]);
    return [...rules.matchAll(/counter packets (\d+)/g)]
      .map(([, packets]) => Number(packets))
      .reduce((sum, packets) => sum + packets, 0);
  }

  /** Kills the sockets of whoever serves a port: their peers are told by a reset. */
  async killServing(port: number): Promise<void> {
    await this.run('ss', ['--kill', '--tcp', 'state', 'established', 'sport', '=', `:${port}`]);
  }

  async close(): Promise<void> {
    for (const server of this.#servers) server.close();
    for (const socket of this.#sockets) socket.destroy();
    if (this.#gate.exitCode !== null || this.#gate.signalCode !== null) return;
    const closed = once(this.#gate, 'close');
    this.#gate.kill('SIGKILL');
    await closed;
  }

  async #ask(wish: Omit<GateWish, 'id'>): Promise<Handed> {
    this.#wishes += 1;
    const id = this.#wishes;
    return new Promise((resolve, reject) => {
      this.#answers.set(id, ({ fault }, handed) => {
        if (handed !== undefined) resolve(handed);
        else reject(new Error(`port ${wish.port} of the namespace: ${fault}`));
      });
      this.#gate.send({ ...wish, id } satisfies GateWish);
    });
  }

  /** What the one says the other hears, and how it ends. */
  #join(one: Socket, coming: Promise<Handed>): void {
    this.#sockets.add(one);
    one.pause();
    one.once('close', () => this.#sockets.delete(one)).on('error', () => one.resetAndDestroy());
    const joined = (other: Handed): void => {
      if (!(other instanceof Socket)) throw new Error('the gate gave no socket');
      this.#sockets.add(other);
      other.once('close', () => this.#sockets.delete(other));
      endTogether(one, other);
      endTogether(other, one);
      one.pipe(other);
      other.pipe(one);
    };
    coming.then(joined, () => one.resetAndDestroy());
  }
}

function endTogether(one: Socket, other: Socket): void {
  one.setNoDelay(true);
  one.on('error', () => other.resetAndDestroy());
  one.once('close', () => other.destroySoon());
}

function verb(packets: Packets): string {
  if (packets.way === 'drop') return 'counter drop';
  if (packets.way === 'narrow') {
    const burst = `burst ${NARROW_BURST_KBYTES} kbytes`;
    return `limit rate over ${packets.kbytesPerSecond} kbytes/second ${burst} counter drop`;
  }
  return `numgen random mod 100 < ${packets.percent} counter drop`;
}

function isHanded(handed: unknown): handed is Handed {
  return handed instanceof Server || handed instanceof Socket;
}
