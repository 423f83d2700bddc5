import { readFile } from 'node:fs/promises';

/** Where Linux tells of the TCP connections of this network namespace. */
const TABLES = ['/proc/net/tcp', '/proc/net/tcp6'] as const;
/** Of the state of a connection that stands (TCP_ESTABLISHED), and of one whose peer has closed. */
const STANDING = new Set(['01', '08']);

/** A connection of ours, as far as a look at the kernel's tables needs to know it. */
export interface KernelEnds {
  readonly localPort: number;
  readonly remotePort: number;
}

/**
 * What the kernel holds of each TCP connection because its peer has not confirmed it: that a
 * socket takes bytes says only that there is room here, for some megabytes.
 */
export class KernelQueues {
  /** Null where two connections have the same ports, to different hosts. */
  readonly #bytes = new Map<string, number | null>();

  /** Lines of tables as /proc/net/tcp; what is no such line is passed over. */
  constructor(tables: readonly string[]) {
    for (const table of tables) {
      for (const line of table.split('\n')) this.#read(line);
    }
  }

  /** Undefined where the system has no such tables. */
  static async now(): Promise<KernelQueues | undefined> {
    const read = (file: string): Promise<string> => readFile(file, 'latin1');
    const tables = await Promise.allSettled(TABLES.map(read));
    const found = tables.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    return found.length === 0 ? undefined : new KernelQueues(found);
  }

  /** Undefined where it is not known. */
  unconfirmedBytes({ localPort, remotePort }: KernelEnds): number | undefined {
    return this.#bytes.get(keyOf(localPort, remotePort)) ?? undefined;
  }

  #read(line: string): void {
    const [, local = '', remote = '', state = '', queues = ''] = line.trim().split(/ +/, 5);
    if (!STANDING.has(state)) return;
    const key = keyOf(portIn(local), portIn(remote));
    const bytes = Number.parseInt(queues.slice(0, queues.indexOf(':')), 16);
    this.#bytes.set(key, this.#bytes.has(key) ? null : bytes);
  }
}

function portIn(address: string): number {
  return Number.parseInt(address.slice(address.indexOf(':') + 1), 16);
}

function keyOf(localPort: number, remotePort: number): string {
  return `${localPort}-${remotePort}`;
}
