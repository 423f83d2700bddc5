import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { CodedError, sentenceOf } from '#kernel';
import {
  frameHashes,
  makeTestCertificates,
  matchSplices,
  mediaSource,
  NginxRtmp,
  publishWithFfmpeg,
  RunningProgram,
  SOURCE_RATE,
} from '#testing';
import { forkcastServer } from './bench/peers/forkcast-server.ts';
import { destinationName } from './bench/peers/server.ts';
import type { Scenario } from './bench/scenarios.ts';
import { stripFilter, stripOf } from './film-strip/strip.ts';
import { buildWhenStale } from './lifecycle/product-build.ts';
import { readSettings } from './lifecycle/settings.ts';
import { REPOSITORY } from './services/repository.ts';
import { providePrograms, REDIS, TEST_PROGRAMS } from './services/system-programs.ts';

/**
 * `npm run film-strip [-- --out FILE.png]`: an encoder is killed and another one comes back, and
 * what a destination recorded around the splices is put into one picture for a person to look at,
 * with a page of captions beside it.
 */
const LIVE_MS = 6000;
const AWAY_MS = 3000;
const BACK_MS = 5000;
const SOURCES = ['plain', 'other'] as const;
const SCENARIO: Scenario = {
  name: 'film strip',
  streams: 1,
  destinations: 1,
  kbps: 0,
  secure: false,
  frozen: 0,
  chunkBytes: 4096,
  servers: ['forkcast'],
  quick: false,
};

const say = (line: string): void => void process.stdout.write(`forkcast: ${line}\n`);

async function main(): Promise<void> {
  const { dataDirectory } = readSettings(process.env, REPOSITORY);
  const { values } = parseArgs({ options: { out: { type: 'string' } } });
  const picture = resolve(values.out ?? join(dataDirectory, 'film-strip.png'));
  await providePrograms([REDIS, ...TEST_PROGRAMS], REPOSITORY);
  await buildWhenStale(REPOSITORY, say);
  await mkdir(dataDirectory, { recursive: true, mode: 0o700 });
  const directory = await mkdtemp(join(dataDirectory, 'film-strip-'));
  try {
    await mkdir(dirname(picture), { recursive: true });
    await draw(await record(directory), picture);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** What the destination recorded: one encoder, its absence, and another one. */
async function record(directory: string): Promise<string> {
  const nginx = await NginxRtmp.start(join(directory, 'nginx'));
  const [before, after] = await Promise.all(SOURCES.map((name) => mediaSource(name)));
  const server = await forkcastServer.start({
    scenario: SCENARIO,
    sinks: { plain: nginx.port, secure: 0 },
    directory,
    certificates: await makeTestCertificates(),
  });
  try {
    const [address] = server.publishTo;
    const url = `rtmp://${address?.host}:${address?.port}/${address?.app}/${address?.name}`;
    await encode(url, before ?? '', LIVE_MS);
    await delay(AWAY_MS);
    await encode(url, after ?? '', BACK_MS);
  } finally {
    await server.stop();
    await nginx.stop();
  }
  const [recording] = await nginx.recordings(destinationName(0, 0));
  if (recording === undefined) throw new Error('nothing was recorded');
  return recording;
}

/** Publishes for so long, then is killed. */
async function encode(url: string, file: string, forMs: number): Promise<void> {
  say(`an encoder publishes for ${forMs / 1000} s`);
  const encoder = publishWithFfmpeg({ url, file });
  await Promise.race([delay(forMs), encoder.ended]);
  if (!encoder.isRunning) throw new Error(`the encoder ended: ${encoder.stderr.trim()}`);
  await encoder.kill();
}

async function draw(recording: string, picture: string): Promise<void> {
  const sources = await Promise.all(
    SOURCES.map(async (name) => ({
      name,
      hashes: await frameHashes(await mediaSource(name), 'video'),
      gopFrames: SOURCE_RATE.gopFrames,
    })),
  );
  const frames = stripOf(matchSplices(await frameHashes(recording, 'video'), sources));
  const filter = ['-fps_mode', 'passthrough', '-vf', stripFilter(frames), '-frames:v', '1'];
  const ffmpeg = new RunningProgram('ffmpeg', [
    ...['-nostdin', '-v', 'error', '-y', '-i', recording, ...filter, picture],
  ]);
  const { code } = await ffmpeg.ended;
  if (code !== 0) throw new Error(`ffmpeg drew nothing: ${ffmpeg.stderr.trim()}`);
  const captions = frames.map(({ index, colour, caption }) => `${index} (${colour}) ${caption}`);
  const page = picture.replace(/(?:\.\w+)?$/, '.txt');
  await writeFile(page, `${captions.join('\n')}\n`);
  say(`${frames.length} pictures are in ${picture}, what each one is in ${page}`);
}

try {
  await main();
} catch (thrown) {
  const what = thrown instanceof CodedError ? thrown.message : sentenceOf(thrown);
  process.stderr.write(`forkcast: there is no film strip: ${what}\n`);
  process.exit(1);
}
