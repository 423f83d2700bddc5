import { chmod, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lastLine, runProgram } from './run-program.ts';
import type { ProgramResult } from './run-program.ts';

const APT_WITHIN_MS = 300_000;
const UNPACK_WITHIN_MS = 60_000;

export interface UnpackRequest {
  /** Debian package names; what they depend on and the machine lacks comes along. */
  readonly packages: readonly string[];
  /** Path of each wanted program inside the packages, by the name it gets. */
  readonly programs: Readonly<Record<string, string>>;
  /** Where packages are kept; programs appear in its `bin`. */
  readonly directory: string;
}

/**
 * Fetches Debian packages and unpacks them into a directory of ours, without root and without
 * installing: no service of theirs starts on the machine, and deleting the directory undoes it.
 * Gives undefined when done, else the reason in a few words.
 */
export async function unpackPrograms(request: UnpackRequest): Promise<string | undefined> {
  const name = request.packages[0] ?? '';
  const root = join(request.directory, name);
  const unfinished = `${root}.new`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  const reason = await fetchAndUnpack(request, unfinished);
  if (reason !== undefined) return reason;
  await rm(root, { recursive: true, force: true });
  await rename(unfinished, root);
  await writeWrappers(request, root);
  return undefined;
}

async function fetchAndUnpack(
  request: UnpackRequest,
  unfinished: string,
): Promise<string | undefined> {
  const apt = new PrivateApt(join(request.directory, 'apt'));
  const missing = await apt.missingPackages(request.packages);
  if (typeof missing === 'string') return missing;
  const fetched = await apt.run(['download', ...missing], unfinished);
  if (fetched.code !== 0) return lastLine(fetched.stderr);
  for (const file of await readdir(unfinished)) {
    const unpacked = await runProgram('dpkg', ['-x', file, '.'], {
      cwd: unfinished,
      deadlineMs: UNPACK_WITHIN_MS,
    });
    if (unpacked.code !== 0) return lastLine(unpacked.stderr);
    await rm(join(unfinished, file));
  }
  return undefined;
}

/** apt-get with package lists of its own where the system's are missing or stale. */
class PrivateApt {
  readonly #directory: string;
  #options: readonly string[] = [];

  constructor(directory: string) {
    this.#directory = directory;
  }

  run(parameters: readonly string[], cwd: string): Promise<ProgramResult> {
    // As root, apt would download as a user that may not write here.
    const sandbox = process.getuid?.() === 0 ? ['-o', 'APT::Sandbox::User=root'] : [];
    return runProgram('apt-get', [...sandbox, ...this.#options, ...parameters], {
      cwd,
      deadlineMs: APT_WITHIN_MS,
      env: { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' },
    });
  }

  /** The packages that installing `packages` would add to this machine, or why that is unknown. */
  async missingPackages(packages: readonly string[]): Promise<string[] | string> {
    const first = await this.#simulate(packages);
    if (typeof first !== 'string') return first;
    await mkdir(join(this.#directory, 'lists', 'partial'), { recursive: true });
    await mkdir(join(this.#directory, 'cache', 'archives', 'partial'), { recursive: true });
    this.#options = [
      '-o',
      `Dir::State::lists=${join(this.#directory, 'lists')}`,
      '-o',
      `Dir::Cache=${join(this.#directory, 'cache')}`,
    ];
    const updated = await this.run(['update'], this.#directory);
    if (updated.code !== 0) return lastLine(updated.stderr);
    return this.#simulate(packages);
  }

  async #simulate(packages: readonly string[]): Promise<string[] | string> {
    const parameters = ['install', '--simulate', '--no-install-recommends', ...packages];
    const simulated = await this.run(parameters, '/');
    if (simulated.code !== 0) return lastLine(simulated.stderr);
    const added = simulated.stdout.matchAll(/^Inst (\S+)/gm);
    return [...added].map((match) => match[1] ?? '');
  }
}

/** A program finds its libraries through a small script in `bin`. */
async function writeWrappers(request: UnpackRequest, root: string): Promise<void> {
  const libraries = await libraryDirectories(root);
  const bin = join(request.directory, 'bin');
  await mkdir(bin, { recursive: true });
  for (const [program, path] of Object.entries(request.programs)) {
    const lines = [
      '#!/bin/sh',
      `LD_LIBRARY_PATH='${libraries.join(':')}'"\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"`,
      'export LD_LIBRARY_PATH',
      `exec '${join(root, path)}' "$@"`,
    ];
    await writeFile(join(bin, program), `${lines.join('\n')}\n`);
    await chmod(join(bin, program), 0o755);
  }
}

async function libraryDirectories(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const libraries = entries.filter((entry) => /\.so(\.|$)/.test(entry.name));
  return [...new Set(libraries.map((entry) => entry.parentPath))].sort();
}
