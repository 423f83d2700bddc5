import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePorts, nginxRtmpModule, RunningProgram, temporaryDirectory } from '#testing';
import { runProgram } from '../services/run-program.ts';
import { untilListening } from './listens.ts';
import type { PeerServer, Place, PlaceWish } from './place.ts';

const ANSWER_WITHIN_MS = 10_000;

/** What it is told about RTMP, which stands in the page as well. All else is as it comes. */
export function nginxRtmpBlock(port: number | string, ports: readonly (number | string)[]): string {
  return `rtmp {
  server {
    listen 127.0.0.1:${port};
    chunk_size 4096;
    application live {
      live on;
      ${ports.map((one) => `push rtmp://127.0.0.1:${one}/live;`).join('\n      ')}
    }
  }
}`;
}

/** nginx with its RTMP module, as Debian has them, pushing; one process for each row. */
export async function startNginx(): Promise<PeerServer> {
  return {
    name: 'nginx-rtmp',
    version: await nginxVersion(),
    pushes: true,
    rowsAtOnce: 10,
    place: nginxPlace,
    close: () => Promise.resolve(),
  };
}

async function nginxVersion(): Promise<string> {
  const deadline = { deadlineMs: ANSWER_WITHIN_MS };
  const { stderr } = await runProgram('nginx', ['-v'], deadline);
  const { stdout } = await runProgram('dpkg-query', ['-W', 'libnginx-mod-rtmp'], deadline);
  const server = /nginx\/(\S+)/.exec(stderr)?.[1] ?? 'unknown';
  // Where it was unpacked beside the system, the package is not in its list.
  const module = stdout.trim().split(/\s+/)[1] ?? 'of the distribution';
  return `${module} in nginx ${server}`;
}

async function nginxPlace({ healthyPort, faultyPort }: PlaceWish): Promise<Place> {
  const directory = await temporaryDirectory();
  const [port = 0] = await freePorts(1);
  const file = join(directory.path, 'nginx.conf');
  const log = join(directory.path, 'error.log');
  await mkdir(join(directory.path, 'logs'));
  const ports = [healthyPort, faultyPort].filter((one) => one !== undefined);
  await writeFile(
    file,
    `load_module ${await nginxRtmpModule()};
daemon off;
master_process off;
worker_processes 1;
pid ${join(directory.path, 'nginx.pid')};
error_log ${log} error;
events { worker_connections 1024; }
${nginxRtmpBlock(port, ports)}
`,
  );
  const program = new RunningProgram('nginx', ['-c', file, '-p', directory.path, '-e', log]);
  await untilListening(program, port);
  return {
    port,
    pid: program.pid,
    get isRunning() {
      return program.isRunning;
    },
    keyOf: (name) => name,
    kill: async () => void (await program.kill()),
    close: async () => {
      await program.stop();
      await directory.remove();
    },
  };
}
