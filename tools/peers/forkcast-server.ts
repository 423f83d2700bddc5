import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Forkcast } from '../../test/e2e/forkcast.ts';
import { patiently } from '../../test/faults/layer/scene.ts';
import { REPOSITORY } from '../services/repository.ts';
import type { PeerServer, Place, PlaceWish } from './place.ts';

/** The whole product as `npm start` runs it, one for all rows. */
export async function startForkcast(): Promise<PeerServer> {
  const text = await readFile(join(REPOSITORY, 'package.json'), 'utf8');
  const { version } = JSON.parse(text) as { version: string };
  const forkcast = await Forkcast.start();
  return {
    name: 'Forkcast',
    version,
    pushes: true,
    rowsAtOnce: 1,
    place: (wish) => placeOf(forkcast, wish),
    close: () => forkcast.close(),
  };
}

async function placeOf(forkcast: Forkcast, wish: PlaceWish): Promise<Place> {
  const keys = new Map<string, string>();
  const [first] = wish.names;
  for (const [index, name] of wish.names.entries()) {
    // The name that is pushed is a secret, which nobody may see in the product's own names.
    const own = { name: `stream ${index + 1}`, graceSeconds: 60 };
    const stream = await patiently(() => forkcast.api.createStream(own));
    keys.set(name, stream.ingest.streamKey);
    const ports = [wish.healthyPort, ...(name === first ? [wish.faultyPort] : [])];
    for (const port of ports.filter((one) => one !== undefined)) {
      const there = { name: `at ${port}`, url: `rtmp://127.0.0.1:${port}/live`, streamKey: name };
      await patiently(() => forkcast.api.addDestination(stream.id, there));
    }
  }
  const pid = await forkcast.appPid('relay');
  let isRunning = true;
  return {
    port: forkcast.rtmpPort,
    pid,
    // A relay that died was started anew, under another number.
    get isRunning() {
      isRunning &&= isAlive(pid);
      return isRunning;
    },
    keyOf: (name) => keys.get(name) ?? name,
    kill: () => Promise.reject(new Error('the relay takes more memory than a test may')),
    close: () => Promise.resolve(),
  };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
