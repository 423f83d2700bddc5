import type { WorkerPart } from '../worker-part.ts';

/** Tells webhooks and notices what happened. */
export const deliveries: WorkerPart = { providers: [], duties: [] };
