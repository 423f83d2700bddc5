import type { Permission } from '#control';
import { asBootstrap } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';

/** One operation of the API's document. */
export interface Operation {
  /** `PATCH /streams/{id}`. */
  readonly name: string;
  readonly method: string;
  /** Behind /api/v1. */
  readonly path: string;
  readonly isPublic: boolean;
  /** Undefined where to be signed in is enough. */
  readonly permission: Permission | undefined;
  /** What the document gives as an example of the body. */
  readonly example: unknown;
  readonly mediaType: string | undefined;
}

interface DocumentedOperation {
  readonly 'x-permission'?: Permission;
  readonly security?: readonly unknown[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { example?: unknown }>> };
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
}

const PREFIX = '/api/v1';

/** All that the API can be asked, as its document says: a new route is walked by itself. */
export async function operationsOf(api: ApiUnderTest): Promise<Operation[]> {
  const answer = await api.call('GET', '/api/openapi.json', { headers: asBootstrap });
  const { paths } = (await answer.json()) as Document;
  return Object.entries(paths)
    .filter(([path]) => path.startsWith(PREFIX))
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, documented]) =>
        operationOf(method.toUpperCase(), path.slice(PREFIX.length), documented),
      ),
    );
}

function operationOf(method: string, path: string, documented: DocumentedOperation): Operation {
  const [mediaType] = Object.keys(documented.requestBody?.content ?? {});
  return {
    name: `${method} ${path}`,
    method,
    path,
    isPublic: documented.security?.length === 0,
    permission: documented['x-permission'],
    example: mediaType && documented.requestBody?.content[mediaType]?.example,
    mediaType,
  };
}

/** The same path with something in each place, by the noun before it. */
export function filled(path: string, idOf: (noun: string) => string): string {
  let noun = '';
  const parts = path.split('/').map((part) => {
    if (!part.startsWith('{')) {
      noun = part;
      return part;
    }
    return encodeURIComponent(idOf(noun));
  });
  return parts.join('/');
}

/** Where nothing but events comes, without an end. */
export const isEventStream = ({ name }: Operation): boolean => name === 'GET /events';
