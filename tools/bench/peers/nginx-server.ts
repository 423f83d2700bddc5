import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { freePorts, nginxRtmpModule, RunningProgram, waitFor } from '#testing';
import type { Scenario } from '../scenarios.ts';
import {
  destinationName,
  eachDestination,
  eachStream,
  streamName,
  type RunningServer,
  type Server,
  type ServerPlan,
} from './server.ts';

const LISTENS_WITHIN_MS = 10_000;
const APP = 'live';

/** nginx with its RTMP module, pushing; for RTMPS with stunnel beside it, as it is done. */
export const nginxServer: Server = {
  name: 'nginx-rtmp',
  destinationsMax: Infinity,
  title: ({ secure }) => (secure ? 'nginx-rtmp and stunnel' : 'nginx-rtmp'),
  async start(plan) {
    const { scenario, sinks, directory } = plan;
    const [port = 0, tunnel = 0] = await freePorts(2);
    const programs: RunningProgram[] = [];
    if (scenario.secure) programs.push(await startStunnel(directory, tunnel, sinks.secure));
    const target = scenario.secure ? tunnel : sinks.plain;
    programs.push(await startNginx(directory, port, pushes(scenario, target)));
    return {
      publishTo: eachStream(scenario, (stream) => addressOf(port, stream)),
      roots: async () => programs.map(({ pid }) => pid),
      companions: async () => [],
      stop: async () => {
        for (const program of programs) await program.stop();
      },
    };
  },
};

/** nginx that only takes streams in, for those who fetch them from it. */
export async function startNginxSource(plan: ServerPlan): Promise<RunningServer> {
  const [port = 0] = await freePorts(1);
  const program = await startNginx(plan.directory, port, []);
  return {
    publishTo: eachStream(plan.scenario, (stream) => addressOf(port, stream)),
    roots: async () => [program.pid],
    companions: async () => [],
    stop: async () => void (await program.stop()),
  };
}

function addressOf(port: number, stream: number) {
  return { host: '127.0.0.1', port, app: APP, name: streamName(stream), secure: false };
}

/** With one stream each push has a name of its own; with many, an application and the stream's. */
function pushes(scenario: Scenario, port: number): string[] {
  return eachDestination(scenario, (destination) =>
    scenario.streams === 1
      ? `push rtmp://127.0.0.1:${port}/${APP}/${destinationName(0, destination)};`
      : `push rtmp://127.0.0.1:${port}/d${destination};`,
  );
}

async function startNginx(
  directory: string,
  port: number,
  directives: readonly string[],
): Promise<RunningProgram> {
  await mkdir(directory, { recursive: true });
  const file = join(directory, 'nginx.conf');
  await writeFile(file, configuration(await nginxRtmpModule(), directory, port, directives));
  const parameters = ['-c', file, '-p', directory, '-e', join(directory, 'error.log')];
  const program = new RunningProgram('nginx', parameters);
  await untilListening(program, port);
  return program;
}

function configuration(
  module: string,
  directory: string,
  port: number,
  directives: readonly string[],
): string {
  return `
    load_module ${module};
    daemon off;
    master_process off;
    worker_processes 1;
    worker_rlimit_nofile 8192;
    pid ${join(directory, 'nginx.pid')};
    error_log ${join(directory, 'error.log')} error;
    events { worker_connections 4096; }
    rtmp {
      access_log off;
      server {
        listen 127.0.0.1:${port};
        chunk_size 4096;
        application ${APP} {
          live on;
          ${directives.join('\n          ')}
        }
      }
    }
  `;
}

async function startStunnel(
  directory: string,
  port: number,
  target: number,
): Promise<RunningProgram> {
  await mkdir(directory, { recursive: true });
  const file = join(directory, 'stunnel.conf');
  await writeFile(
    file,
    `
    foreground = yes
    pid =
    debug = err
    socket = l:TCP_NODELAY=1
    socket = r:TCP_NODELAY=1
    [rtmps]
    client = yes
    accept = 127.0.0.1:${port}
    connect = 127.0.0.1:${target}
    `,
  );
  const program = new RunningProgram('stunnel4', [file]);
  await untilListening(program, port);
  return program;
}

function untilListening(program: RunningProgram, port: number): Promise<unknown> {
  const listens = async (): Promise<boolean> => {
    if (!program.isRunning) throw new Error(`it ended: ${program.stderr}`);
    const socket = connect({ host: '127.0.0.1', port });
    try {
      await once(socket, 'connect');
      return true;
    } finally {
      socket.destroy();
    }
  };
  return waitFor(`port ${port} is open`, listens, LISTENS_WITHIN_MS);
}
