import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CodedError, sentenceOf } from '#kernel';
import { ForkcastApi, freePorts, makeTestCertificates } from '#testing';
import { newToken } from '#vault';
import { readDemoSeconds } from './demo/demo-options.ts';
import { scoreboard, scoreLine } from './demo/scoreboard.ts';
import { Show } from './demo/show.ts';
import { Product } from './lifecycle/product.ts';
import { readSettings } from './lifecycle/settings.ts';
import { whenToldToEnd } from './lifecycle/told-to-end.ts';
import { REPOSITORY } from './services/repository.ts';
import { FFMPEG, providePrograms } from './services/system-programs.ts';

const TABLE_EVERY_MS = 1000;
const LINE_EVERY_MS = 5000;
const APP_LINES_KEPT = 40;

/** What the apps print would tear the table; it is shown when the demo fails. */
const appLines: string[] = [];
const say = (line: string) => process.stdout.write(`forkcast: ${line}\n`);
const reporter = {
  say,
  processLine: (_name: string, _source: string, text: string) => {
    appLines.push(text);
    appLines.splice(0, appLines.length - APP_LINES_KEPT);
  },
};

async function main(): Promise<number> {
  const seconds = readDemoSeconds(process.argv.slice(2), process.stdout.isTTY);
  await providePrograms([FFMPEG], REPOSITORY);
  // Beside the data of `npm start`, so that both can run at once.
  const { dataDirectory } = readSettings(process.env, REPOSITORY);
  const directory = join(dataDirectory, 'demo');
  const certificates = await makeTestCertificates();
  const authorityFile = join(directory, 'authority.pem');
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await writeFile(authorityFile, certificates.authority);
  const [http, rtmp, rtmps, metrics] = await freePorts(4);
  const token = newToken().reveal();
  const environment = {
    ...process.env,
    FORKCAST_DATA_DIR: directory,
    FORKCAST_BOOTSTRAP_TOKEN: token,
    HTTP_PORT: String(http),
    RTMP_PORT: String(rtmp),
    RTMPS_PORT: String(rtmps),
    METRICS_PORT: String(metrics),
    BIND_HOST: '127.0.0.1',
    ALLOW_PRIVATE_DESTINATIONS: '127.0.0.0/8',
    NODE_EXTRA_CA_CERTS: authorityFile,
    DATABASE_URL: undefined,
    REDIS_URL: undefined,
  };
  const settings = readSettings(environment, REPOSITORY);
  const product = new Product({ repository: REPOSITORY, settings, environment, reporter });
  const ending = new AbortController();
  whenToldToEnd(() => {
    ending.abort();
    return product.stop();
  });
  try {
    await product.start();
    say(`look at http://localhost:${settings.httpPort}/ ${setUpHint(product.setupUrl)}`);
    const api = new ForkcastApi(`http://127.0.0.1:${settings.httpPort}`, token);
    const show = await Show.begin({ api, certificates, rtmpsPort: settings.rtmpsPort });
    return await run(show, seconds, ending.signal);
  } finally {
    await product.stop();
  }
}

function setUpHint(url: string | undefined): string {
  return url === undefined ? '' : `(set up: ${url})`;
}

async function run(show: Show, seconds: number | undefined, ending: AbortSignal): Promise<number> {
  const timeIsUp = seconds === undefined ? [] : [delay(seconds * 1000, undefined, { ref: false })];
  const over = new AbortController();
  const told = once(ending, 'abort');
  const rounds = showScores(show, AbortSignal.any([ending, over.signal]));
  try {
    await Promise.race([...timeIsUp, told, rounds, show.encoderFails()]);
  } finally {
    over.abort();
    await rounds;
    await show.end();
  }
  const dark = show.withoutVideo;
  if (dark.length === 0) {
    say('every destination received video');
    return 0;
  }
  throw new Error(`no video came to ${dark.join(', ')}`);
}

/** In a terminal one table that is written over; else a line now and then. */
async function showScores(show: Show, signal: AbortSignal): Promise<void> {
  const isTerminal = process.stdout.isTTY;
  const everyMs = isTerminal ? TABLE_EVERY_MS : LINE_EVERY_MS;
  let linesToWriteOver = 0;
  for (;;) {
    await delay(everyMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    const scores = await show.scores(performance.now());
    if (!isTerminal) {
      say(scoreLine(scores));
      continue;
    }
    const lines = scoreboard(scores);
    const up = linesToWriteOver > 0 ? `\u001b[${linesToWriteOver}A` : '';
    process.stdout.write(up + lines.map((line) => `\u001b[2K  ${line}\n`).join(''));
    linesToWriteOver = lines.length;
  }
}

try {
  process.exit(await main());
} catch (thrown) {
  if (!(thrown instanceof CodedError)) process.stderr.write(`${appLines.join('\n')}\n`);
  process.stderr.write(`forkcast: the demo failed: ${sentenceOf(thrown)}\n`);
  process.exit(1);
}
