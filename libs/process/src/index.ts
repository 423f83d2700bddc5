/**
 * How a process of the product begins and ends: its stores, its master key, its signals, its last
 * words. It refuses to know what the process is for.
 * Parts: run-process (start, end, a start that fails), open-stores, open-master-key.
 */
export { endOnSignal, runProcess } from './run-process.ts';
export { openStores, type Stores } from './open-stores.ts';
export { masterKeySource, openMasterKey } from './open-master-key.ts';
