import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sentenceOf } from '#kernel';
import { ForkcastApi, freePorts } from '#testing';
import { newToken } from '#vault';
import { Product } from '../../lifecycle/product.ts';
import { readSettings, type Settings } from '../../lifecycle/settings.ts';
import { REPOSITORY } from '../../services/repository.ts';
import type { Address } from '../load/publisher.ts';
import { ownChildren } from '../process-cost.ts';
import { destinationName, type Server, type ServerPlan } from './server.ts';

const RELAY = join('apps', 'relay', 'src', 'main.js');

/**
 * Forkcast as its users run it: all of it is started, streams and destinations are made over the
 * API. Its cost is that of the relay process, which carries all media; the rest is told apart.
 */
export const forkcastServer: Server = {
  name: 'forkcast',
  destinationsMax: Infinity,
  title: () => 'Forkcast',
  async start(plan) {
    const token = newToken().reveal();
    const environment = await environmentOf(plan, token);
    const settings = readSettings(environment, REPOSITORY);
    const lines: string[] = [];
    const keep = (line: string): void => void lines.push(line);
    const reporter = {
      say: keep,
      processLine: (_name: string, _source: string, text: string) => keep(text),
    };
    const product = new Product({ repository: REPOSITORY, settings, environment, reporter });
    try {
      await product.start();
      const publishTo = await makeStreams(plan, settings, token);
      return {
        publishTo,
        roots: () => ownChildren(RELAY),
        companions: () => companionsOf(settings.dataDirectory),
        stop: () => product.stop(),
      };
    } catch (thrown) {
      await product.stop();
      throw new Error(`${sentenceOf(thrown)}\n${lines.join('\n')}`, { cause: thrown });
    }
  },
};

async function environmentOf(plan: ServerPlan, token: string): Promise<NodeJS.ProcessEnv> {
  const authorityFile = join(plan.directory, 'authority.pem');
  await mkdir(plan.directory, { recursive: true, mode: 0o700 });
  await writeFile(authorityFile, plan.certificates.authority);
  const [http, rtmp, rtmps, metrics] = await freePorts(4);
  return {
    ...process.env,
    FORKCAST_DATA_DIR: join(plan.directory, 'data'),
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
}

async function makeStreams(
  { scenario, sinks }: ServerPlan,
  settings: Settings,
  token: string,
): Promise<Address[]> {
  const api = new ForkcastApi(`http://127.0.0.1:${settings.httpPort}`, token);
  const url = scenario.secure
    ? `rtmps://localhost:${sinks.secure}/live`
    : `rtmp://127.0.0.1:${sinks.plain}/live`;
  const addresses: Address[] = [];
  for (let stream = 0; stream < scenario.streams; stream += 1) {
    const made = await api.createStream({ name: `Bench ${stream}`, graceSeconds: 5 });
    for (let number = 0; number < scenario.destinations; number += 1) {
      const streamKey = destinationName(stream, number);
      await api.addDestination(made.id, { name: streamKey, url, streamKey });
    }
    const name = made.ingest.streamKey;
    addresses.push({
      host: '127.0.0.1',
      port: settings.rtmpPort,
      app: 'live',
      name,
      secure: false,
    });
  }
  return addresses;
}

/** Everything that this process has started for the product, but the relay. */
async function companionsOf(dataDirectory: string): Promise<number[]> {
  const parts = [join('apps', 'api'), join('apps', 'worker'), join(dataDirectory), 'redis-server'];
  const found = await Promise.all(parts.map((part) => ownChildren(part)));
  return [...new Set(found.flat())];
}
