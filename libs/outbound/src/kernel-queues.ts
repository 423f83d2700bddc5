import { readFile } from 'node:fs/promises';

/** Where Linux tells of the TCP connections of this network namespace. */
const TABLES = ['/proc/net/tcp', '/proc/net/tcp6'] as const;
/**
 * The ports and the unconfirmed bytes of a connection that stands (TCP_ESTABLISHED), or whose peer
 * has closed its side. Not line by line: most of a busy machine's lines are of what is over.
 */
const STANDING =
  /:(?<local>[\dA-F]{4}) [\dA-F]+:(?<remote>[\dA-F]{4}) 0[18] (?<unconfirmed>[\dA-F]{8}):/g;

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

  /** Tables as /proc/net/tcp; what is no line of a connection that stands is passed over. */
  constructor(tables: readonly string[]) {
    for (const table of tables) {
      for (const { groups = {} } of table.matchAll(STANDING)) {
        const { local = '', remote = '', unconfirmed = '' } = groups;
        const key = keyOf(Number.parseInt(local, 16), Number.parseInt(remote, 16));
        this.#bytes.set(key, this.#bytes.has(key) ? null : Number.parseInt(unconfirmed, 16));
      }
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
}

function keyOf(localPort: number, remotePort: number): string {
  return `${localPort}-${remotePort}`;
}
