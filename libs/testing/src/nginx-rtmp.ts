import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { freePort } from './free-port.ts';
import { RunningProgram, runToEnd } from './running-program.ts';
import { waitFor } from './wait-for.ts';

const START_WITHIN_MS = 10_000;
const MODULE = 'usr/lib/nginx/modules/ngx_rtmp_module.so';

/**
 * nginx with its RTMP module, taking any key of the application `live` and recording each publish
 * to a FLV file of its own. Keeps its port and its recordings when killed and started again.
 */
export class NginxRtmp {
  readonly port: number;
  readonly #directory: string;
  #program: RunningProgram | undefined;

  private constructor(directory: string, port: number) {
    this.#directory = directory;
    this.port = port;
  }

  /** Writes its configuration into `directory`, which must be its own, and starts it. */
  static async start(directory: string): Promise<NginxRtmp> {
    const nginx = new NginxRtmp(directory, await freePort());
    await mkdir(join(directory, 'recordings'), { recursive: true });
    await writeFile(join(directory, 'nginx.conf'), nginx.#configuration(await nginxRtmpModule()));
    await nginx.start();
    return nginx;
  }

  /** `server` for a destination of Forkcast; the key is free. */
  get url(): string {
    return `rtmp://127.0.0.1:${this.port}/live`;
  }

  async start(): Promise<void> {
    const configuration = join(this.#directory, 'nginx.conf');
    const parameters = ['-c', configuration, '-p', this.#directory, '-e', 'error.log'];
    const program = new RunningProgram('nginx', parameters, { stopSignal: 'SIGTERM' });
    this.#program = program;
    await waitFor('nginx listens', () => this.#listens(program), START_WITHIN_MS);
  }

  async stop(): Promise<void> {
    await this.#program?.stop();
  }

  async kill(): Promise<void> {
    await this.#program?.kill();
  }

  /** The recorded files, oldest first; those of one key, if one is given. */
  async recordings(key?: string): Promise<string[]> {
    const folder = join(this.#directory, 'recordings');
    const names = (await readdir(folder)).sort();
    const wanted = key === undefined ? names : names.filter((name) => name.startsWith(`${key}-`));
    return wanted.map((name) => join(folder, name));
  }

  /** How often a key was published since nginx was made: one for each connection that was taken. */
  async publishes(key: string): Promise<number> {
    return (await this.log()).split(` publish: name='${key}' `).length - 1;
  }

  /** What nginx itself had to say: connects, publishes, faults. */
  log(): Promise<string> {
    return readFile(join(this.#directory, 'error.log'), 'utf8');
  }

  async #listens(program: RunningProgram): Promise<boolean> {
    if (!program.isRunning) throw new Error(`nginx ended: ${program.stderr}`);
    const socket = connect({ host: '127.0.0.1', port: this.port });
    try {
      await once(socket, 'connect');
      return true;
    } finally {
      socket.destroy();
    }
  }

  #configuration(module: string): string {
    return `
      load_module ${module};
      daemon off;
      master_process off;
      worker_processes 1;
      pid ${join(this.#directory, 'nginx.pid')};
      error_log ${join(this.#directory, 'error.log')} info;
      events { worker_connections 64; }
      rtmp {
        access_log off;
        server {
          listen 127.0.0.1:${this.port};
          chunk_size 4096;
          application live {
            live on;
            record all;
            record_path ${join(this.#directory, 'recordings')};
            record_suffix -%H%M%S.flv;
            record_unique on;
          }
        }
      }
    `;
  }
}

/**
 * Where the distribution put the module, or where an unpacked package has it, beside the program's
 * folder.
 */
export async function nginxRtmpModule(): Promise<string> {
  const { stdout } = await runToEnd('sh', ['-c', 'command -v nginx']);
  const unpacked = join(dirname(stdout.trim()), '..', 'libnginx-mod-rtmp', MODULE);
  const found = [join('/', MODULE), unpacked].find((path) => existsSync(path));
  if (found === undefined) throw new Error('nginx has no RTMP module: install libnginx-mod-rtmp');
  return found;
}
