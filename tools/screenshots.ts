import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { CodedError, sentenceOf } from '#kernel';
import { temporaryDirectory } from '#testing';
import { Camera } from './screenshots/camera.ts';
import { showFirstRun } from './screenshots/first-run.ts';
import { showHouse } from './screenshots/house.ts';
import { showLive } from './screenshots/live.ts';
import { Studio } from './screenshots/studio.ts';
import { provideBrowser } from './services/browser.ts';
import { REPOSITORY } from './services/repository.ts';
import { providePrograms, REDIS, TEST_PROGRAMS } from './services/system-programs.ts';

/**
 * `npm run screenshots [-- --out FOLDER]`: starts the product with an encoder and servers of its
 * own, goes through every room, and writes a picture of each, by default into docs/screenshots.
 */
const say = (line: string): void => void process.stdout.write(`forkcast: ${line}\n`);

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { out: { type: 'string' } } });
  const folder = resolve(values.out ?? join(REPOSITORY, 'docs', 'screenshots'));
  await providePrograms([REDIS, ...TEST_PROGRAMS], REPOSITORY);
  await provideBrowser(REPOSITORY);
  await mkdir(folder, { recursive: true });
  // One of the pictures shows where it is.
  const directory = await temporaryDirectory();
  try {
    const studio = await Studio.open(directory.path, say);
    try {
      const camera = await Camera.open({ folder, say });
      await showFirstRun(studio, camera);
      await showLive(studio, camera);
      await showHouse(studio, camera);
      await camera.close();
    } finally {
      await studio.close();
    }
  } finally {
    await directory.remove();
  }
}

try {
  await main();
  process.exit(0);
} catch (thrown) {
  const what = thrown instanceof CodedError ? thrown.message : sentenceOf(thrown);
  process.stderr.write(`forkcast: there are no pictures: ${what}\n`);
  process.exit(1);
}
