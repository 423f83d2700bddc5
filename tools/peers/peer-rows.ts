import { sentenceOf } from '#kernel';
import { DESTINATION_PEER_ROWS } from './destination-rows.ts';
import { ENCODER_PEER_ROWS } from './encoder-rows.ts';
import { judged } from './outcome.ts';
import type { Answer, PeerOutcome } from './outcome.ts';
import { PeerScene } from './peer-scene.ts';
import type { PeerRow } from './peer-row.ts';
import type { PeerServer } from './place.ts';

export const PEER_ROWS: readonly PeerRow[] = [...DESTINATION_PEER_ROWS, ...ENCODER_PEER_ROWS];

/** Rejects when the row could not be put to the server at all. */
export async function putRow(row: PeerRow, server: PeerServer): Promise<PeerOutcome> {
  const scene = await PeerScene.open(server, row.wish);
  let answer: Answer | undefined;
  let thrown: unknown;
  try {
    answer = await row.put(scene);
  } catch (one) {
    thrown = one;
  }
  const seen = await scene.close(answer);
  // Whoever died, or stands still, cannot be talked to: that is what was seen of it.
  const isExplained = seen.hasDied || seen.isEncoderCut || seen.lostFrames > 0;
  if (thrown !== undefined && !isExplained) {
    throw new Error(sentenceOf(thrown), { cause: thrown });
  }
  return judged(row.number, server.name, seen);
}
