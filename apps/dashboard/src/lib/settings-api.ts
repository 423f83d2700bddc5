import type { InputRole } from '#contracts';
import { problemFrom, problemOf } from './api-problem.ts';
import { answerOf, client, type Named } from './client.ts';
import { asSeen, taggedOf } from './tagged.ts';
import { inWorkspace } from './workspace-link.ts';

/** `id` of a path. */
const of = (id: string) => ({ params: { path: { id } } });
/** A picture is sent as it is. */
const asPicture = (picture: Blob) => ({
  body: picture as unknown as string,
  bodySerializer: () => picture,
  headers: { 'content-type': picture.type },
});

/** Whether there is something at a path; the document speaks of GET alone. */
async function isThere(path: string): Promise<boolean> {
  const response = await fetch(path, { method: 'HEAD' }).catch((thrown: unknown) => {
    throw problemFrom(thrown);
  });
  if (response.status === 404) return false;
  if (!response.ok) throw await problemOf(response);
  return true;
}

/** The calls about how a stream behaves, and who may publish to it. */
export const settingsApi = {
  stream: (id: string) => taggedOf(client.GET('/api/v1/streams/{id}', of(id))),
  changeStream: (id: string, body: Named<'ChangeStreamBody'>, etag: string | null) =>
    taggedOf(
      client.PATCH('/api/v1/streams/{id}', { params: { path: { id }, ...asSeen(etag) }, body }),
    ),
  removeStream: (id: string) => answerOf(client.DELETE('/api/v1/streams/{id}', of(id))),

  hasSlate: (id: string) => isThere(inWorkspace(`/api/v1/streams/${id}/slate`)),
  /** `seenAt` tells one picture from the next at the same path. */
  slateLink: (id: string, seenAt: number) =>
    inWorkspace(`/api/v1/streams/${id}/slate`, { seenAt: String(seenAt) }),
  putSlate: (id: string, picture: Blob) =>
    answerOf(client.PUT('/api/v1/streams/{id}/slate', { ...of(id), ...asPicture(picture) })),
  removeSlate: (id: string) => answerOf(client.DELETE('/api/v1/streams/{id}/slate', of(id))),

  keys: async (id: string) =>
    (await answerOf(client.GET('/api/v1/streams/{id}/keys', of(id)))).items,
  rotateKey: (id: string, input: InputRole, overlapSeconds: number) =>
    answerOf(
      client.POST('/api/v1/streams/{id}/rotate-key', {
        ...of(id),
        body: { input, overlapSeconds },
      }),
    ),
  /** Also the last one: the page has asked. */
  revokeKey: (id: string, keyId: string) =>
    answerOf(
      client.DELETE('/api/v1/streams/{id}/keys/{keyId}', {
        params: { path: { id, keyId }, query: { force: 'true' } },
      }),
    ),

  rules: (id: string) => answerOf(client.GET('/api/v1/streams/{id}/ingest-rules', of(id))),
  /** What is left out stays as it is. */
  changeRules: (id: string, body: Named<'ChangeIngestRulesBody'>) =>
    answerOf(client.PUT('/api/v1/streams/{id}/ingest-rules', { ...of(id), body })),
  createPublishUrl: (id: string, body: Named<'CreatePublishUrlBody'>) =>
    answerOf(client.POST('/api/v1/streams/{id}/publish-urls', { ...of(id), body })),
  revokePublishUrls: (id: string) =>
    answerOf(client.DELETE('/api/v1/streams/{id}/publish-urls', of(id))),
};
