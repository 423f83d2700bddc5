import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { CodedError } from '#kernel';
import { buildWhenStale } from './lifecycle/product-build.ts';
import { provideBrowser } from './services/browser.ts';
import { provideFaultPrograms } from './services/fault-programs.ts';
import { REPOSITORY } from './services/repository.ts';
import { providePrograms, REDIS, TEST_PROGRAMS } from './services/system-programs.ts';

/**
 * Gets what the suites need, builds, and runs them; options go to vitest (`npm test -- --project
 * unit`).
 */
try {
  await providePrograms([REDIS, ...TEST_PROGRAMS], REPOSITORY);
  await provideBrowser(REPOSITORY);
  for (const reason of await provideFaultPrograms(REPOSITORY)) {
    process.stdout.write(`forkcast: ${reason}\n`);
  }
  await buildWhenStale(REPOSITORY, (line) => process.stdout.write(`forkcast: ${line}\n`));
} catch (thrown) {
  if (!(thrown instanceof CodedError)) throw thrown;
  process.stderr.write(`forkcast: ${thrown.message}\n`);
  process.exit(1);
}

const vitest = join(REPOSITORY, 'node_modules', 'vitest', 'vitest.mjs');
const child = spawn(process.execPath, [vitest, 'run', ...process.argv.slice(2)], {
  cwd: REPOSITORY,
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => child.kill(signal));
}
child.on('close', (code) => process.exit(code ?? 1));
