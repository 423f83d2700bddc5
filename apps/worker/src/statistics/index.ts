import type { WorkerPart } from '../worker-part.ts';

/** Makes coarse figures of fine ones. */
export const statistics: WorkerPart = { providers: [], duties: [] };
