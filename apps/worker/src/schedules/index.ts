import type { WorkerPart } from '../worker-part.ts';

/** Begins and ends by the clock. */
export const schedules: WorkerPart = { providers: [], duties: [] };
