import { answerOf, client, everyPage, type Named } from './client.ts';
import { asSeen, taggedOf } from './tagged.ts';

export type DeliveryState = Named<'Delivery'>['state'];
/** Deliveries that one answer holds. */
export const deliveriesAtOnce = 50;

/** `id` of a path. */
const of = (id: string) => ({ params: { path: { id } } });

/** The calls about who is told what, and about what begins and ends by the clock. */
export const outwardApi = {
  webhooks: () => everyPage((query) => client.GET('/api/v1/webhooks', { params: { query } })),
  createWebhook: (body: Named<'CreateWebhookBody'>) =>
    answerOf(client.POST('/api/v1/webhooks', { body })),
  webhook: (id: string) => taggedOf(client.GET('/api/v1/webhooks/{id}', of(id))),
  changeWebhook: (id: string, body: Named<'ChangeWebhookBody'>, etag: string | null) =>
    answerOf(
      client.PATCH('/api/v1/webhooks/{id}', { params: { path: { id }, ...asSeen(etag) }, body }),
    ),
  switchWebhook: (id: string, enabled: boolean) =>
    answerOf(client.PATCH('/api/v1/webhooks/{id}', { ...of(id), body: { enabled } })),
  removeWebhook: (id: string) => answerOf(client.DELETE('/api/v1/webhooks/{id}', of(id))),
  testWebhook: (id: string) => answerOf(client.POST('/api/v1/webhooks/{id}/test', of(id))),
  lastDelivery: async (id: string) => {
    const asked = client.GET('/api/v1/webhooks/{id}/deliveries', {
      params: { path: { id }, query: { limit: 1 } },
    });
    return (await answerOf(asked)).items[0];
  },
  /** Newest first; of one state, or of all. */
  deliveries: (id: string, state: DeliveryState | undefined, cursor: string | undefined) => {
    const query = {
      limit: deliveriesAtOnce,
      ...(state !== undefined && { state }),
      ...(cursor !== undefined && { cursor }),
    };
    const params = { path: { id }, query };
    return answerOf(client.GET('/api/v1/webhooks/{id}/deliveries', { params }));
  },
  replay: (id: string, deliveryId: string) =>
    answerOf(
      client.POST('/api/v1/webhooks/{id}/deliveries/{deliveryId}/replay', {
        params: { path: { id, deliveryId } },
      }),
    ),
  /** How many wait anew. */
  replayGivenUp: async (id: string, since: string) => {
    const asked = client.POST('/api/v1/webhooks/{id}/replay', { ...of(id), body: { since } });
    return (await answerOf(asked)).replayed;
  },
  rotateSecret: (id: string, overlapSeconds: number) =>
    answerOf(
      client.POST('/api/v1/webhooks/{id}/rotate-secret', { ...of(id), body: { overlapSeconds } }),
    ),

  schedules: (streamId: string) =>
    everyPage((query) =>
      client.GET('/api/v1/streams/{id}/schedules', { params: { path: { id: streamId }, query } }),
    ),
  createSchedule: (streamId: string, body: Named<'CreateScheduleBody'>) =>
    answerOf(client.POST('/api/v1/streams/{id}/schedules', { ...of(streamId), body })),
  switchSchedule: (id: string, enabled: boolean) =>
    answerOf(client.PATCH('/api/v1/schedules/{id}', { ...of(id), body: { enabled } })),
  removeSchedule: (id: string) => answerOf(client.DELETE('/api/v1/schedules/{id}', of(id))),
};
