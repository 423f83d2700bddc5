import { readdir, readFile } from 'node:fs/promises';

/** What a tree of processes has used so far, and holds now. */
export interface CostReading {
  /**
   * The scheduler's own account of each thread's time on a processor, in milliseconds; ticks would
   * be too coarse.
   */
  readonly cpuMsByThread: ReadonlyMap<string, number>;
  /** Proportional set size: pages shared by several processes count once over all. */
  readonly memoryBytes: number;
}

const NS_PER_MS = 1_000_000;
const BYTES_PER_KIB = 1_024;

/** The cost of the processes of `roots` and of all that they have started. */
export async function readCost(roots: readonly number[]): Promise<CostReading> {
  const pids = await withDescendants(roots);
  const [threads, memory] = await Promise.all([
    Promise.all(pids.map((pid) => cpuOf(pid))),
    Promise.all(pids.map((pid) => memoryBytesOf(pid))),
  ]);
  const memoryBytes = memory.reduce((total, bytes) => total + bytes, 0);
  return { cpuMsByThread: new Map(threads.flat()), memoryBytes };
}

/** Time on a processor between two readings, of the threads that live at the second one. */
export function cpuMsBetween(before: CostReading, after: CostReading): number {
  let total = 0;
  for (const [thread, cpuMs] of after.cpuMsByThread) {
    total += cpuMs - (before.cpuMsByThread.get(thread) ?? 0);
  }
  return total;
}

/** Processes that this one has started and whose command line has `part` in it. */
export async function ownChildren(part: string): Promise<number[]> {
  const found: number[] = [];
  for (const pid of await childrenOf(process.pid)) {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (command.includes(part)) found.push(pid);
  }
  return found;
}

async function withDescendants(roots: readonly number[]): Promise<number[]> {
  const pids: number[] = [];
  const waiting = [...roots];
  for (let pid = waiting.pop(); pid !== undefined; pid = waiting.pop()) {
    pids.push(pid);
    waiting.push(...(await childrenOf(pid)));
  }
  return pids;
}

async function childrenOf(pid: number): Promise<number[]> {
  const threads = await threadsOf(pid);
  const lists = threads.map((thread) => read(`/proc/${pid}/task/${thread}/children`));
  return (await Promise.all(lists)).join(' ').split(' ').filter(Boolean).map(Number);
}

async function cpuOf(pid: number): Promise<[string, number][]> {
  const threads = await threadsOf(pid);
  const accounts = threads.map(async (thread): Promise<[string, number]> => {
    const text = await read(`/proc/${pid}/task/${thread}/schedstat`);
    return [thread, Number(text.split(' ', 1)[0]) / NS_PER_MS];
  });
  return Promise.all(accounts);
}

async function memoryBytesOf(pid: number): Promise<number> {
  const text = await read(`/proc/${pid}/smaps_rollup`);
  return Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0) * BYTES_PER_KIB;
}

async function threadsOf(pid: number): Promise<string[]> {
  return readdir(`/proc/${pid}/task`).catch(() => []);
}

/** A process or thread that has ended meanwhile has nothing more to say. */
function read(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}
