import type { WorkerPart } from '../worker-part.ts';
import { ForgetLinks } from './forget-links.ts';
import { OrphanClosing } from './orphan-closing.ts';
import { Retention } from './retention.ts';

/** Keeps the tables small and true. */
export const maintenance: WorkerPart = {
  providers: [],
  duties: [OrphanClosing, Retention, ForgetLinks],
};
