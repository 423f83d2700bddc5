import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Destination, PushState, StreamStatus } from '#contracts';
import {
  ForkcastApi,
  freePorts,
  makeTestCertificates,
  mediaSource,
  NginxRtmp,
  publishWithFfmpeg,
  RtmpSink,
  waitFor,
} from '#testing';
import type { RunningProgram } from '#testing';
import { newToken } from '#vault';
import { Product } from '../lifecycle/product.ts';
import { readSettings } from '../lifecycle/settings.ts';
import { portFault } from '../services/loopback-port.ts';
import { REPOSITORY } from '../services/repository.ts';

const STATE_WITHIN_MS = 60_000;
/** Those that people know; others only while these are taken. */
const USUAL_PORTS = [1935, 1936];
/** A key at which the refusing platform takes nobody. */
const SPENT_KEY = 'spent';

interface Parts {
  readonly product: Product;
  readonly api: ForkcastApi;
  readonly platform: NginxRtmp;
  readonly shaky: NginxRtmp;
  readonly strict: RtmpSink;
}

/** The product, an encoder before it, and platforms behind it, each with a way to fail. */
export class Studio {
  readonly api: ForkcastApi;
  /** Takes everything. */
  readonly platform: NginxRtmp;
  /** Can be killed. */
  readonly shaky: NginxRtmp;
  /** Refuses the spent key. */
  readonly strict: RtmpSink;
  readonly #product: Product;
  #encoder: RunningProgram | undefined;

  private constructor({ product, api, platform, shaky, strict }: Parts) {
    this.#product = product;
    this.api = api;
    this.platform = platform;
    this.shaky = shaky;
    this.strict = strict;
  }

  static async open(directory: string, say: (line: string) => void): Promise<Studio> {
    const lines: string[] = [];
    const processLine = (_name: string, _source: string, text: string) => void lines.push(text);
    const token = newToken().reveal();
    const environment = await environmentOf(directory, token);
    const settings = readSettings(environment, REPOSITORY);
    const reporter = { say, processLine };
    const product = new Product({ repository: REPOSITORY, settings, environment, reporter });
    try {
      await product.start();
      return new Studio({
        product,
        api: new ForkcastApi(`http://127.0.0.1:${settings.httpPort}`, token),
        platform: await NginxRtmp.start(join(directory, 'platform')),
        shaky: await NginxRtmp.start(join(directory, 'shaky')),
        strict: await RtmpSink.open({
          decide: (key) => (key === SPENT_KEY ? 'NetStream.Publish.Denied' : 'accept'),
        }),
      });
    } catch (thrown) {
      await product.stop();
      throw new Error(lines.slice(-20).join('\n'), { cause: thrown });
    }
  }

  get setUpLink(): string {
    return this.#product.setupUrl ?? 'about:blank';
  }

  get spentKey(): string {
    return SPENT_KEY;
  }

  /** Sends a test picture of 720 lines until it is told not to. */
  async encode(url: string): Promise<void> {
    await this.stopEncoder();
    this.#encoder = publishWithFfmpeg({ url, file: await mediaSource('large'), endless: true });
  }

  async stopEncoder(): Promise<void> {
    await this.#encoder?.stop();
    this.#encoder = undefined;
  }

  async push({ id, name, streamId }: Destination, state: PushState): Promise<void> {
    const look = async () => {
      const { pushes } = await this.api.status(streamId);
      return pushes.find(({ destinationId }) => destinationId === id)?.state === state;
    };
    await waitFor(`${name} is ${state}`, look, STATE_WITHIN_MS);
  }

  async stream(streamId: string, state: StreamStatus['state']): Promise<void> {
    const look = async () => (await this.api.status(streamId)).state === state;
    await waitFor(`the stream is ${state}`, look, STATE_WITHIN_MS);
  }

  async close(): Promise<void> {
    await this.stopEncoder();
    await this.#product.stop();
    await Promise.all([this.platform.stop(), this.shaky.stop(), this.strict.close()]);
  }
}

async function environmentOf(directory: string, token: string): Promise<NodeJS.ProcessEnv> {
  const authorityFile = join(directory, 'authority.pem');
  await writeFile(authorityFile, (await makeTestCertificates()).authority);
  const [http, metrics, ...free] = await freePorts(4);
  const faults = await Promise.all(USUAL_PORTS.map((port) => portFault(port, '127.0.0.1')));
  const [rtmp, rtmps] = faults.every((fault) => fault === undefined) ? USUAL_PORTS : free;
  return {
    ...process.env,
    FORKCAST_DATA_DIR: join(directory, 'data'),
    FORKCAST_BOOTSTRAP_TOKEN: token,
    HTTP_PORT: String(http),
    RTMP_PORT: String(rtmp),
    RTMPS_PORT: String(rtmps),
    METRICS_PORT: String(metrics),
    BIND_HOST: '127.0.0.1',
    ALLOW_PRIVATE_DESTINATIONS: '127.0.0.0/8',
    NODE_EXTRA_CA_CERTS: authorityFile,
    RELAY_LANES: '2',
    DATABASE_URL: undefined,
    REDIS_URL: undefined,
  };
}
