import type { WorkerPart } from '../worker-part.ts';
import { RollUp } from './roll-up.ts';

/** Keeps figures small. */
export const statistics: WorkerPart = { providers: [], duties: [RollUp] };
