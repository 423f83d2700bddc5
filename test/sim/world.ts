import type { Timers } from '#kernel';
import type { Chance } from './chance.ts';
import type { Ledger } from './ledger.ts';
import type { SimTime } from './sim-time.ts';

/** What everything in a run shares. */
export interface SimWorld {
  readonly time: SimTime;
  readonly timers: Timers;
  readonly chance: Chance;
  readonly ledger: Ledger;
}
