import { setTimeout as delay } from 'node:timers/promises';
import type { Destination } from '#contracts';
import { waitFor } from '#testing';
import { acts } from './act.ts';
import type { House } from './house.ts';
import { Receiver } from './receiver.ts';
import { newKey } from './scene.ts';

/** The house may be in trouble meanwhile. */
const WITHIN_MS = 90_000;
/** Time that an encoder's clock leaps: a little, back, an hour, and past 32 bits. */
const JUMPS_MS = [3_000, -2_000, 3_600_000, 2 ** 32 - 5_000] as const;

/** What owners and encoders do. */
export const OWNER_FAULTS = acts({
  'encoder killed': async (scene, fault) => {
    scene.stream(fault.target).encoder.kill(fault.forMs);
    await delay(fault.forMs);
  },
  'encoder frozen': async (scene, fault) => {
    scene.stream(fault.target).encoder.freeze(fault.forMs);
    await delay(fault.forMs);
  },
  'timestamps jump': (scene, fault) => {
    const byMs = JUMPS_MS[Math.floor(fault.chance * JUMPS_MS.length)] ?? 0;
    scene.stream(fault.target).encoder.jump(byMs);
  },
  'stopped and started': async (scene, fault) => {
    const { house } = scene;
    const { destination, receiver } = scene.push(fault.target);
    await insist(house, 'POST', `/destinations/${destination.id}/stop`);
    await waitFor('it was left', () => !receiver.isPublishing, WITHIN_MS);
    await delay(fault.forMs);
    await insist(house, 'POST', `/destinations/${destination.id}/start`);
  },
  'new key': async (scene, fault) => {
    const { destination, label } = scene.push(fault.target);
    const path = `/destinations/${destination.id}`;
    await insist(scene.house, 'PATCH', path, { streamKey: newKey(label) });
  },
  'one more destination': async (scene, fault) => {
    const { house } = scene;
    const { stream } = scene.stream(fault.target);
    const receiver = await Receiver.open({ name: 'one more' });
    try {
      const url = `rtmp://127.0.0.1:${receiver.port}/live`;
      const wish = { name: 'one more', url, streamKey: newKey('one more') };
      const { id } = await insist<Destination>(
        ...([house, 'POST', `/streams/${stream.id}/destinations`, wish] as const),
      );
      await waitFor('it is live', () => receiver.frames > 0, WITHIN_MS);
      await delay(fault.forMs);
      await insist(house, 'DELETE', `/destinations/${id}`);
      await waitFor('it was left', () => !receiver.isPublishing, WITHIN_MS);
    } finally {
      await receiver.close();
    }
  },
});

/** Asks until it is done: an API that cannot answer now can a moment later. */
export async function insist<Body>(
  { api }: House,
  method: string,
  path: string,
  body?: object,
): Promise<Body> {
  const ask = async () => {
    const answer = await api.request<Body>(method, path, body);
    if (answer.status >= 300) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
    return answer;
  };
  const answer = await waitFor(`${method} ${path}`, ask, WITHIN_MS);
  return answer.body;
}
