import { problemFrom } from './api-problem.ts';
import { answerOf, client } from './client.ts';

/** Something that Forkcast leans on, and that does not answer. */
export interface MissingPart {
  readonly name: string;
  readonly reason: string;
}

/** How the instance is, for who runs it. */
export const systemApi = {
  system: () => answerOf(client.GET('/api/v1/system')),
  nodes: () => answerOf(client.GET('/api/v1/nodes')),
  settings: () => answerOf(client.GET('/api/v1/settings')),
  /** Asks past the database, in which it stands who is signed in. */
  missing: async (): Promise<readonly MissingPart[]> => {
    const answer = await fetch('/readyz').catch((thrown: unknown) => {
      throw problemFrom(thrown);
    });
    const { missing } = (await answer.json()) as { missing?: readonly MissingPart[] };
    return missing ?? [];
  },
};
