import type { CodedClient } from './coded-client.ts';
import { isId } from './new-id.ts';

export interface WorkspaceRecord {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const SHOWN = { id: true, name: true, version: true, createdAt: true, updatedAt: true } as const;

/** Workspaces that are not deleted, as those see them who are above all of them. */
export class WorkspaceRepository {
  readonly #client: CodedClient;

  constructor(client: CodedClient) {
    this.#client = client;
  }

  async find(id: string): Promise<WorkspaceRecord | undefined> {
    if (!isId(id)) return undefined;
    const row = await this.#client.queries.workspace.findFirst({
      where: { id, deletedAt: null },
      select: SHOWN,
    });
    return row ?? undefined;
  }
}
