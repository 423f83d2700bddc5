import { answerOf, client } from './client.ts';
import type { Named } from './client.ts';
import { asSeen, taggedOf } from './tagged.ts';

export type DestinationChange = Named<'ChangeDestinationBody'>;

/** The calls that change one destination as somebody has seen it. */
export const destinationApi = {
  read: (id: string) =>
    taggedOf(client.GET('/api/v1/destinations/{id}', { params: { path: { id } } })),
  change: (id: string, body: DestinationChange, etag: string | null) =>
    answerOf(
      client.PATCH('/api/v1/destinations/{id}', {
        params: { path: { id }, ...asSeen(etag) },
        body,
      }),
    ),
};
