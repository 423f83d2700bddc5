import { endMsMax } from '../../apps/relay/src/end-budget.ts';
import { POSTGRES_STOP_WITHIN_MS } from '../services/embedded-postgres.ts';
import { REDIS_STOP_WITHIN_MS } from '../services/embedded-redis.ts';
import type { AppName } from './app-plan.ts';

/** The other apps have nothing to play out. */
const OTHERS_MS = 1_500;

/** How long each app may take from SIGTERM on before it is killed. */
export function stopWithinMs(app: AppName, drainSeconds: number): number {
  return app === 'relay' ? endMsMax(drainSeconds) : OTHERS_MS;
}

/** All of it at the worst: the relay, then the other apps together, then the stores together. */
export function stopAllWithinMs(drainSeconds: number): number {
  const stores = Math.max(POSTGRES_STOP_WITHIN_MS, REDIS_STOP_WITHIN_MS);
  return stopWithinMs('relay', drainSeconds) + OTHERS_MS + stores;
}
