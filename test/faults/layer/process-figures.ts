import { readdir, readFile } from 'node:fs/promises';

/** What a process has of the machine's memory now. */
export async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  if (kib === undefined) throw new Error(`nothing is said of the memory of ${pid}`);
  return Number(kib) * 1024;
}

/** How many files and connections a process has open. */
export async function openDescriptors(pid: number): Promise<number> {
  return (await readdir(`/proc/${pid}/fd`)).length;
}
