import { dirname } from 'node:path';

/** The clone that this file is part of. */
export const REPOSITORY = dirname(dirname(import.meta.dirname));
