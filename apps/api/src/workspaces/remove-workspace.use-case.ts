import { Inject, Injectable } from '@nestjs/common';
import { DEFAULT_WORKSPACE_ID } from '#contracts';
import type { Live } from '#live';
import { Database } from '#persistence';
import { AccessChanges } from '../auth/access-changes.ts';
import { LIVE } from '../infrastructure/tokens.ts';
import { ProblemError } from '../problem/problem-error.ts';
import { StreamChanges } from '../relay-commands/stream-changes.ts';

@Injectable()
export class RemoveWorkspace {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(LIVE) private readonly live: Live,
    @Inject(StreamChanges) private readonly streamChanges: StreamChanges,
    @Inject(AccessChanges) private readonly changes: AccessChanges,
  ) {}

  /** Its streams are removed with all their keys; its history stays, in nobody's sight. */
  async run(id: string): Promise<void> {
    const { workspaces } = this.database.system;
    if ((await workspaces.find(id)) === undefined) throw new ProblemError('WORKSPACE_NOT_FOUND');
    if (id.toLowerCase() === DEFAULT_WORKSPACE_ID) {
      throw new ProblemError(
        'NOT_ALLOWED',
        'The first workspace stays: the operator’s token is of it.',
      );
    }
    const streamIds = await workspaces.streamIds(id);
    const statuses = await Promise.all(streamIds.map((each) => this.live.status.getStatus(each)));
    if (statuses.some((status) => status !== undefined && status.state !== 'offline')) {
      throw new ProblemError('WORKSPACE_LIVE');
    }
    const { streams } = this.database.workspace(id);
    for (const streamId of streamIds) {
      await streams.remove(streamId);
      await this.streamChanges.tell({ id }, streamId, 'removed');
    }
    await workspaces.remove(id);
    this.changes.tell();
  }
}
