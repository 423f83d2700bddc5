import { problemFrom } from './api-problem.ts';

/** What was read, and which version of it that was. */
export interface Tagged<Value> {
  readonly value: Value;
  readonly etag: string | null;
}

interface TaggedAnswer<Data> {
  readonly data?: Data;
  readonly response: Response;
}

/** What a call gave, with its version; a failed one rejects with an ApiProblem. */
export async function taggedOf<Data>(call: Promise<TaggedAnswer<Data>>): Promise<Tagged<Data>> {
  const { data, response } = await call.catch((thrown: unknown) => {
    throw problemFrom(thrown);
  });
  return { value: data as Data, etag: response.headers.get('etag') };
}

/** Changes it only if it is still as it was read: nobody writes over what they have not seen. */
export const asSeen = (etag: string | null) =>
  etag === null ? {} : { header: { 'If-Match': etag } };
