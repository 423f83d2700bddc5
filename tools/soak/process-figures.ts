import { readdir, readFile } from 'node:fs/promises';

const BYTES_PER_KIB = 1_024;

/** What a process holds at this moment. */
export interface ProcessFigures {
  readonly rssBytes: number;
  /** Pages that several processes share count in parts. */
  readonly pssBytes: number;
  readonly descriptors: number;
  readonly threads: number;
}

/** Undefined when the process has ended. */
export async function processFigures(pid: number): Promise<ProcessFigures | undefined> {
  try {
    const [status, rollup, descriptors] = await Promise.all([
      readFile(`/proc/${pid}/status`, 'utf8'),
      readFile(`/proc/${pid}/smaps_rollup`, 'utf8'),
      readdir(`/proc/${pid}/fd`),
    ]);
    return {
      rssBytes: kibibytes(/^VmRSS:\s+(\d+) kB/m, status),
      pssBytes: kibibytes(/^Pss:\s+(\d+) kB/m, rollup),
      descriptors: descriptors.length,
      threads: Number(/^Threads:\s+(\d+)/m.exec(status)?.[1] ?? 0),
    };
  } catch {
    return undefined;
  }
}

function kibibytes(line: RegExp, text: string): number {
  return Number(line.exec(text)?.[1] ?? 0) * BYTES_PER_KIB;
}
