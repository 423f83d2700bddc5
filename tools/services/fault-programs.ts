import { globSync } from 'node:fs';
import { join } from 'node:path';
import { CodedError } from '#kernel';
import { packagesDirectory, providePrograms } from './system-programs.ts';
import type { SystemProgram } from './system-programs.ts';
import { unpackPrograms } from './unpacked-programs.ts';

const NFT: SystemProgram = {
  name: 'nft',
  packages: ['nftables'],
  way: 'unpacked',
  path: 'usr/sbin/nft',
};

const CLOCK_PACKAGE = 'libfaketime';
const CLOCK_LIBRARY = 'usr/lib/*/faketime/libfaketimeMT.so.1';

/** The library that gives a process a clock of its own, as the machine or we have it. */
export function clockLibrary(repository: string): string | undefined {
  const roots = ['/', join(packagesDirectory(repository), CLOCK_PACKAGE)];
  return roots.flatMap((root) => globSync(join(root, CLOCK_LIBRARY)))[0];
}

/**
 * Gets what some rows of the fault matrix need of the machine. Gives why something could not be
 * got, a line each: those rows then say so, and all others run.
 */
export async function provideFaultPrograms(repository: string): Promise<readonly string[]> {
  const reasons: string[] = [];
  try {
    await providePrograms([NFT], repository);
  } catch (thrown) {
    if (!(thrown instanceof CodedError)) throw thrown;
    reasons.push(thrown.message);
  }
  if (clockLibrary(repository) === undefined) {
    const directory = packagesDirectory(repository);
    const reason = await unpackPrograms({ packages: [CLOCK_PACKAGE], programs: {}, directory });
    if (reason !== undefined) reasons.push(`${CLOCK_PACKAGE} could not be got: ${reason}`);
  }
  return reasons;
}
