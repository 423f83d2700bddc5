import { randomBytes } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { freePorts } from '#testing';
import type { Forkcast } from '../../e2e/forkcast.ts';
import type { Surroundings } from './stage.ts';

const POSTGRES_MBYTES = 192;
const LOG_MBYTES = 1;
/** Of each process. */
const DESCRIPTORS = 256;
const BLOCK_BYTES = 65_536;
const BALLAST = 'ballast';
/** What the product has printed. */
const OUTPUT = 'output';

/**
 * Two small disks that only the product sees: under Postgres, whose password and port are known
 * outside as well, and for what the product prints. What it prints is read from there too.
 */
const MOUNTS = `
umask 077; password="$1"; port="$2"; shift 2
keep() { echo "$password" >postgres/password; echo "$port" >postgres/port; }
here="$PWD"; mkdir -p "$FORKCAST_DATA_DIR/postgres" "$FORKCAST_DATA_DIR/log"
cd "$FORKCAST_DATA_DIR"; keep
mount -t tmpfs -o size=${POSTGRES_MBYTES}m,mode=700 tmpfs postgres; keep
mount -t tmpfs -o size=${LOG_MBYTES}m,mode=700 tmpfs log
: >log/${OUTPUT}; tail --pid=$$ --sleep-interval=0.2 --lines=+1 --follow log/${OUTPUT} &
exec >>log/${OUTPUT} 2>&1
cd "$here"; exec "$@"`;

export type Disk = 'postgres' | 'log';

/**
 * The product on a machine that is short of all: small disks of its own, few file descriptors. The
 * disks are mounted where nobody else sees them, and are gone with the last process that does.
 */
export class OwnMachine implements Surroundings {
  readonly prefix: readonly string[];
  #forkcast: Forkcast | undefined;

  private constructor(port: number) {
    const password = randomBytes(24).toString('base64url');
    const limited = ['prlimit', `--nofile=${DESCRIPTORS}:${DESCRIPTORS}`];
    const mounted = ['unshare', '--mount', 'sh', '-c', MOUNTS, 'sh', password, `${port}`];
    this.prefix = [...limited, ...mounted];
  }

  static async make(): Promise<OwnMachine> {
    const [port = 0] = await freePorts(1);
    return new OwnMachine(port);
  }

  opened(forkcast: Forkcast): Promise<void> {
    this.#forkcast = forkcast;
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** Writes until there is no room left. Gives how many bytes that were. */
  async fill(disk: Disk): Promise<number> {
    const folder = await this.#folder(disk);
    const written = await writeUntilFull(join(folder, BALLAST));
    // What the product has printed ends within a block of the disk, which has room for more lines.
    if (disk === 'log') await writeUntilFull(join(folder, OUTPUT));
    return written;
  }

  /** There is room again. */
  async clear(disk: Disk): Promise<void> {
    await rm(join(await this.#folder(disk), BALLAST), { force: true });
  }

  /** The disk as the product sees it. */
  async #folder(disk: Disk): Promise<string> {
    if (this.#forkcast === undefined) throw new Error('the product has not been started');
    const pid = await this.#forkcast.appPid('relay');
    return join(`/proc/${pid}/root`, this.#forkcast.directory, 'data', disk);
  }
}

async function writeUntilFull(path: string): Promise<number> {
  const block = Buffer.alloc(BLOCK_BYTES, '\n');
  const file = await open(path, 'a');
  let written = 0;
  try {
    for (;;) written += (await file.write(block)).bytesWritten;
  } catch (thrown) {
    if (!isFull(thrown)) throw thrown;
    return written;
  } finally {
    await file.close();
  }
}

function isFull(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOSPC';
}
