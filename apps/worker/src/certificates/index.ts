import type { WorkerPart } from '../worker-part.ts';

/** Watches the certificates of people's own servers. */
export const certificates: WorkerPart = { providers: [], duties: [] };
