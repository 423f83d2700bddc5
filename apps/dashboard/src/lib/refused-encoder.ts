import type { Named } from './client.ts';

type RelayNode = Pick<Named<'RelayNode'>, 'refusedPublishes'>;
export type RefusedPublish = Named<'RefusedPublish'>;

/** What is older has nothing to do with whoever waits for an encoder now. */
export const refusedLatelyMs = 120_000;

/** The encoder that was sent away last for its key, if that was lately: by the server's clock. */
export function wrongKeyLately(
  nodes: readonly RelayNode[],
  nowMs: number,
): RefusedPublish | undefined {
  return nodes
    .flatMap(({ refusedPublishes }) => refusedPublishes)
    .filter(
      ({ at, reason }) =>
        (reason === 'wrong-key' || reason === 'blocked') &&
        nowMs - Date.parse(at) <= refusedLatelyMs,
    )
    .sort((one, other) => Date.parse(other.at) - Date.parse(one.at))[0];
}
