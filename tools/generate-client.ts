import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/**
 * Makes libs/persistence/src/generated from prisma/schema.prisma, offline. Does nothing when that
 * is already so, so that it can stand in front of every other command.
 */
const root = join(import.meta.dirname, '..');
const schema = readFileSync(join(root, 'prisma/schema.prisma'));
const stampFile = join(root, 'libs/persistence/src/generated/stamp');

const { version } = createRequire(import.meta.url)('prisma/package.json') as { version: string };
const stamp = createHash('sha256').update(schema).update(version).digest('hex');

if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== stamp) generate();

function generate(): void {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/prisma/build/index.js'), 'generate'],
    {
      cwd: root,
      encoding: 'utf8',
      env: {
        ...process.env,
        // Without it Prisma downloads a native engine, which generating does not use.
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        CHECKPOINT_DISABLE: '1',
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
      },
    },
  );
  if (status !== 0) {
    process.stderr.write(`${stdout}${stderr}`);
    process.exit(1);
  }
  writeFileSync(stampFile, stamp);
}
