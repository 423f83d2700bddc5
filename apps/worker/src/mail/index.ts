import type { WorkerPart } from '../worker-part.ts';

/** Sends mail. */
export const mail: WorkerPart = { providers: [], duties: [] };
