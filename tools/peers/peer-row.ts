import type { Answer } from './outcome.ts';
import type { PeerScene, SceneWish } from './peer-scene.ts';
import type { PeerServer } from './place.ts';

/** Longer than the usual deadline of a minute, and than the ping and its answer after that. */
export const PATIENCE_MS = 100_000;

/** A row of the fault matrix, as it is put to any server. */
export interface PeerRow {
  readonly number: number;
  readonly wish: SceneWish;
  readonly put: (scene: PeerScene) => Promise<Answer>;
  /** What a server that relays nothing would show is for its makers to hear first. */
  readonly isForRelaysOnly?: boolean;
}

/** Whether a server can be asked: who pushes nothing has no destinations that could fail. */
export function isFor(row: PeerRow, { pushes }: Pick<PeerServer, 'pushes'>): boolean {
  return pushes || (row.wish.faulty === undefined && row.isForRelaysOnly !== true);
}
