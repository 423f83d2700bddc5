import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CodedError } from '#kernel';
import { freePorts, RunningProgram, temporaryDirectory } from '#testing';
import { REPOSITORY } from '../services/repository.ts';
import { lastLine, runProgram } from '../services/run-program.ts';
import { playFlv } from './flv-player.ts';
import { untilListening } from './listens.ts';
import type { PeerServer, Place } from './place.ts';

const VERSION = '4.4.3';
const INSTALL_WITHIN_MS = 180_000;
const FOLDER = join(REPOSITORY, '.forkcast', 'peers');
const PACKAGE = join(FOLDER, 'node_modules', 'node-media-server');

/** What it is told, which stands in the page as well. All else is as it comes. */
export function nodeMediaConfiguration(port: number | string, httpPort: number | string): object {
  return {
    bind: '127.0.0.1',
    rtmp: { port },
    http: { port: httpPort },
    store: { path: './data' },
    record: { auto: false, path: './record' },
  };
}

/** Node-Media-Server as npm has it, by its own command; one process for each row, and a player. */
export async function startNodeMedia(): Promise<PeerServer> {
  await install();
  return {
    name: 'node-media-server',
    version: VERSION,
    pushes: false,
    rowsAtOnce: 6,
    place: nodeMediaPlace,
    close: () => Promise.resolve(),
  };
}

async function install(): Promise<void> {
  if (existsSync(PACKAGE)) {
    const text = await readFile(join(PACKAGE, 'package.json'), 'utf8');
    if ((JSON.parse(text) as { version: string }).version === VERSION) return;
  }
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  const wish = ['--prefix', FOLDER, `node-media-server@${VERSION}`, '--ignore-scripts'];
  const options = { deadlineMs: INSTALL_WITHIN_MS };
  const { code, stderr } = await runProgram(
    'npm',
    ['install', ...wish, '--no-save', ...quiet],
    options,
  );
  if (code === 0) return;
  const why = lastLine(stderr);
  throw new CodedError('PEER_MISSING', `npm could not fetch node-media-server: ${why}`);
}

async function nodeMediaPlace(): Promise<Place> {
  const directory = await temporaryDirectory();
  const [port = 0, httpPort = 0] = await freePorts(2);
  const file = join(directory.path, 'config.json');
  await writeFile(file, JSON.stringify(nodeMediaConfiguration(port, httpPort)));
  const script = join(PACKAGE, 'bin', 'app.js');
  const program = new RunningProgram(process.execPath, [script, '--config', file], {
    cwd: directory.path,
  });
  await untilListening(program, port);
  const ends: (() => void)[] = [];
  return {
    port,
    pid: program.pid,
    get isRunning() {
      return program.isRunning;
    },
    // A process of Node that dies of an error prints its name and message.
    lastWords: () => /^\w*Error: .*$/m.exec(program.stderr)?.[0],
    keyOf: (name) => name,
    play: async (name, hear) => {
      await untilListening(program, httpPort);
      ends.push(await playFlv(httpPort, `/live/${name}.flv`, hear));
    },
    kill: async () => void (await program.kill()),
    close: async () => {
      for (const end of ends) end();
      await program.stop();
      await directory.remove();
    },
  };
}
