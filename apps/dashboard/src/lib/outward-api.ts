import { answerOf, client, everyPage, type Named } from './client.ts';

/** `id` of a path. */
const of = (id: string) => ({ params: { path: { id } } });

/** The calls about who is told what, and about what begins and ends by the clock. */
export const outwardApi = {
  webhooks: () => everyPage((query) => client.GET('/api/v1/webhooks', { params: { query } })),
  createWebhook: (body: Named<'CreateWebhookBody'>) =>
    answerOf(client.POST('/api/v1/webhooks', { body })),
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
