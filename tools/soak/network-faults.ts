import { setTimeout as delay } from 'node:timers/promises';
import type { FaultProxy, Toxics } from '../../test/faults/layer/proxy.ts';
import { acts } from './act.ts';
import type { SilentAct } from './act.ts';
import { SOAK_RATE } from './encoder.ts';
import type { PlannedFault } from './fault-plan.ts';
import { insist } from './owner-faults.ts';
import type { Mood } from './receiver.ts';
import type { Scene, SoakPush } from './scene.ts';

const NARROW_SHARE = 1 / 3;
const BYTES_PER_SECOND = (SOAK_RATE.kbps * 1_000) / 8;
const CORRUPT_EVERY_BYTES = 20_000;
const RESET_AFTER_BYTES_MAX = 40_000;

/** What stands between the relay and a destination, or the destination itself, fails. */
export const NETWORK_FAULTS = acts({
  'slow network': toxic({ latencyMs: 400, jitterMs: 100 }),
  'narrow network': toxic({ bytesPerSecond: BYTES_PER_SECOND * NARROW_SHARE }),
  'sliced network': toxic({ sliceBytes: 16 }),
  'nothing is read': toxic({ isStopped: true }),
  reset: (scene, fault) => via(scene, fault).proxy.reset(),
  'reset inside a message': (scene, fault) => {
    via(scene, fault).proxy.resetAfter(1 + Math.floor(fault.chance * RESET_AFTER_BYTES_MAX));
  },
  'remote close': (scene, fault) => via(scene, fault).push.receiver.hangUp(),
  // What fell into it is missing for ever: whoever came out of it is torn.
  'black hole': async (scene, fault) => {
    const { proxy } = via(scene, fault);
    proxy.blackHole();
    await delay(fault.forMs);
    proxy.clear();
    proxy.reset();
  },
  'refused connections': async (scene, fault) => {
    const { proxy } = via(scene, fault);
    proxy.refuse();
    proxy.reset();
    await delay(fault.forMs);
    await proxy.accept();
  },
  'corrupted bytes': toxic({ corruptEveryBytes: CORRUPT_EVERY_BYTES }),
  'silent server': mood('silent'),
  'refused key': async (scene, fault) => {
    await mood('refuses')(scene, fault);
    // What a person does who has put the key right.
    const { id } = via(scene, fault).push.destination;
    await insist(scene.house, 'POST', `/destinations/${id}/retry`);
  },
  'flapping server': mood('flaps'),
});

function via(scene: Scene, fault: PlannedFault): { push: SoakPush; proxy: FaultProxy } {
  const push = scene.push(fault.target);
  if (push.proxy === undefined) throw new Error(`${push.label} is a witness`);
  return { push, proxy: push.proxy };
}

function toxic(toxics: Partial<Toxics>): SilentAct {
  return async (scene, fault) => {
    const { proxy } = via(scene, fault);
    proxy.setBoth(toxics);
    await delay(fault.forMs);
    proxy.clear();
  };
}

/** Begins with a new connection, which meets the server as it is now. */
function mood(during: Mood): SilentAct {
  return async (scene, fault) => {
    const { push, proxy } = via(scene, fault);
    push.receiver.mood = during;
    proxy.reset();
    await delay(fault.forMs);
    push.receiver.mood = 'obedient';
    // One that waits in vain for an answer is not kept waiting.
    if (during === 'silent') proxy.reset();
  };
}
