import createClient from 'openapi-fetch';
import { problemFrom, problemOf } from './api-problem.ts';
import type { components, paths } from './generated/api.ts';
import { hearServerDate } from './server-clock.ts';
import { chosenWorkspace } from './workspace-choice.ts';

const callMs = 15_000;
/** Rounds of one list at most; a server that never ends its pages must not hang the dashboard. */
const pagesMax = 50;

/** A body or an answer, by the name that the document gives it. */
export type Named<Name extends keyof components['schemas']> = components['schemas'][Name];

/**
 * The API as its document describes it: paths, bodies and answers are checked where they are
 * written. A call that fails rejects with an ApiProblem and nothing else.
 */
export const client = createClient<paths>({
  baseUrl: '/',
  credentials: 'same-origin',
  headers: { accept: 'application/json' },
  fetch: (request) => fetch(request, { signal: AbortSignal.timeout(callMs) }),
});
client.use({
  onRequest: ({ request }) => {
    const workspace = chosenWorkspace();
    // A call may be about another one.
    if (workspace !== undefined && !request.headers.has('forkcast-workspace')) {
      request.headers.set('forkcast-workspace', workspace);
    }
    return request;
  },
  onResponse: async ({ response }) => {
    hearServerDate(response.headers.get('date'));
    if (!response.ok) throw await problemOf(response);
  },
  onError: ({ error }) => problemFrom(error),
});

/** What a call gave; of a failed one nothing, since it rejects. */
export async function answerOf<Data>(call: Promise<{ readonly data?: Data }>): Promise<Data> {
  const { data } = await call.catch((thrown: unknown) => {
    throw problemFrom(thrown);
  });
  return data as Data;
}

interface PageOf<Item> {
  readonly items: Item[];
  readonly nextCursor: string | null;
}

/** All items of a list; `pageAt` asks for the page after a cursor. */
export async function everyPage<Item>(
  pageAt: (query: { cursor?: string }) => Promise<{ readonly data?: PageOf<Item> }>,
): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < pagesMax; page += 1) {
    const answer: PageOf<Item> = await answerOf(pageAt(cursor === null ? {} : { cursor }));
    items.push(...answer.items);
    cursor = answer.nextCursor;
    if (cursor === null) break;
  }
  return items;
}
