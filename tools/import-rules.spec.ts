import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '..');

/** For every rule one file that breaks it, so that no rule forbids nothing. */
const violations: Record<string, readonly [path: string, text: string]> = {
  'foundation-imports-nothing': ['libs/kernel/src/a.ts', "import '#amf';"],
  'wire-imports-foundation-only': ['libs/amf/src/a.ts', "import '#ring';"],
  'engine-imports-wire-and-foundation-only': ['libs/ring/src/a.ts', "import '#net';"],
  'adapters-do-not-import-apps': ['libs/net/src/a.ts', "import '../../../apps/api/src/main.ts';"],
  'apps-do-not-import-each-other': ['apps/relay/src/a.ts', "import '../../api/src/main.ts';"],
  'dashboard-imports-contracts-only': ['apps/dashboard/src/app/a.ts', "import '#kernel';"],
  'dashboard-features-do-not-import-each-other': [
    'apps/dashboard/src/features/one/a.ts',
    "import '../two/index.ts';",
  ],
  'dashboard-layers-go-one-way': ['apps/dashboard/src/lib/a.ts', "import '../app/index.ts';"],
  'dashboard-components-know-no-feature': [
    'apps/dashboard/src/components/a.ts',
    "import '../features/two/index.ts';",
  ],
  'dashboard-lib-knows-no-component': [
    'apps/dashboard/src/lib/b.ts',
    "import '../components/index.ts';",
  ],
  'dashboard-imports-types-only': ['apps/dashboard/src/lib/c.ts', "import '#control';"],
  'base-ui-only-in-components': [
    'apps/dashboard/src/features/one/b.ts',
    "import '@base-ui/react/menu';",
  ],
  'mpegts-only-in-the-player': ['apps/dashboard/src/components/b.ts', "import 'mpegts.js';"],
  'uplot-only-in-the-chart': ['apps/dashboard/src/components/c.ts', "import 'uplot';"],
  'room-only-through-its-index': ['libs/net/src/b.ts', "import '../../kernel/src/inside.ts';"],
  'room-only-through-its-index-from-outside': [
    'apps/api/src/b.ts',
    "import '../../../libs/kernel/src/inside.ts';",
  ],
  'room-not-by-relative-path': ['libs/net/src/c.ts', "import '../../kernel/src/index.ts';"],
  'room-not-by-relative-path-from-outside': [
    'apps/api/src/c.ts',
    "import '../../../libs/kernel/src/index.ts';",
  ],
  'data-plane-knows-no-store': ['libs/lanes/src/a.ts', "import '#persistence';"],
  'wire-and-engine-have-no-packages': ['libs/rtmp/src/a.ts', "import 'zod';"],
  'wire-and-engine-do-no-io': ['libs/media/src/a.ts', "import 'node:fs/promises';"],
  'nest-only-in-apps': ['libs/queue/src/a.ts', "import '@nestjs/common';"],
  'prisma-only-in-persistence': ['apps/api/src/d.ts', "import 'pg';"],
  'bullmq-only-in-queue': ['apps/worker/src/a.ts', "import 'bullmq';"],
  'ioredis-only-in-live-and-queue': ['apps/relay/src/b.ts', "import 'ioredis';"],
  'testing-only-from-tests': ['libs/net/src/d.ts', "import '#testing';"],
  'source-does-not-import-tests': ['libs/net/src/e.ts', "import './e.spec.ts';"],
  'ships-no-development-package': ['apps/api/src/e.ts', "import 'vite';"],
  'package-is-declared': ['tools/a.ts', "import 'picomatch';"],
  'room-stands-in-a-layer': ['apps/api/src/f.ts', "import '#attic';"],
  'no-cycles': ['libs/net/src/f.ts', "import './g.ts';"],
  'everything-resolves': ['libs/net/src/h.ts', "import './nowhere.ts';"],
};

const bystanders: Record<string, string> = {
  'libs/kernel/src/inside.ts': '',
  'libs/net/src/e.spec.ts': '',
  'libs/net/src/g.ts': "import './f.ts';",
  'apps/api/src/main.ts': '',
  'apps/dashboard/src/app/index.ts': '',
  'apps/dashboard/src/components/index.ts': '',
  'apps/dashboard/src/features/two/index.ts': '',
  ...Object.fromEntries(
    ['kernel', 'control', 'amf', 'ring', 'net', 'persistence', 'testing', 'attic'].map((room) => [
      `libs/${room}/src/index.ts`,
      '',
    ]),
  ),
};

interface Report {
  readonly summary: {
    readonly ruleSetUsed: {
      readonly forbidden: ReadonlyArray<{ readonly name: string; readonly comment: string }>;
    };
    readonly violations: ReadonlyArray<{
      readonly from: string;
      readonly rule: { readonly name: string };
    }>;
  };
}

describe('the direction of imports', () => {
  let house: string;
  let broken: Set<string>;
  let rules: Report['summary']['ruleSetUsed']['forbidden'];

  beforeAll(async () => {
    house = await mkdtemp(join(tmpdir(), 'forkcast-imports-'));
    const files = { ...bystanders, ...Object.fromEntries(Object.values(violations)) };
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(house, path)), { recursive: true });
      await writeFile(join(house, path), `${text}\nexport {};\n`);
    }
    await symlink(join(root, 'node_modules'), join(house, 'node_modules'));
    for (const file of ['package.json', 'tsconfig.json', '.dependency-cruiser.mjs']) {
      await cp(join(root, file), join(house, file));
    }
    const binary = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
    const where = ['apps', 'libs', 'tools'];
    // The tool exits with the number of violations; its report is on stdout all the same.
    const { stdout } = await run(
      process.execPath,
      [binary, '--config', '.dependency-cruiser.mjs', '--output-type', 'json', ...where],
      { cwd: house, maxBuffer: 64 * 1024 * 1024 },
    ).catch((failure: unknown) => failure as { stdout: string });
    const { summary } = JSON.parse(stdout) as Report;
    rules = summary.ruleSetUsed.forbidden;
    broken = new Set(summary.violations.map(({ rule, from }) => `${rule.name} ${from}`));
  }, 60_000);

  afterAll(async () => {
    await rm(house, { recursive: true, force: true });
  });

  it('has one example of every rule being broken', () => {
    expect(Object.keys(violations)).toEqual(rules.map(({ name }) => name));
  });

  it.each(Object.entries(violations))('%s refuses %j', (name, [path]) => {
    expect(broken).toContain(`${name} ${path}`);
  });

  it('says a sentence with every rule', () => {
    const silent = rules.filter(({ comment }) => !/^[A-Z].*[.]$/.test(comment));
    expect(silent).toEqual([]);
  });
});
