import { Inject, Injectable } from '@nestjs/common';
import type { ChangedEvent } from '#contracts';
import type { Clock } from '#kernel';
import type { Live } from '#live';
import type { WorkspaceDatabase } from '#persistence';
import { CLOCK, LIVE } from '../infrastructure/tokens.ts';
import { RelayCommander } from './relay-commander.ts';

/** Tells of what is wanted of a stream, once that has changed in Postgres. Never rejects. */
@Injectable()
export class StreamChanges {
  constructor(
    @Inject(RelayCommander) private readonly relays: RelayCommander,
    @Inject(LIVE) private readonly live: Live,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The relay that has the stream, and every page that shows it. */
  async tell(
    workspace: Pick<WorkspaceDatabase, 'id'>,
    streamId: string,
    what: ChangedEvent['what'],
  ): Promise<void> {
    this.tellPages(workspace, streamId, what);
    await this.relays.reconcile(streamId);
  }

  /** Pages alone, where it makes no difference to a relay. Nothing is waited for. */
  tellPages(
    { id: workspaceId }: Pick<WorkspaceDatabase, 'id'>,
    streamId: string,
    what: ChangedEvent['what'],
  ): void {
    const at = new Date(this.clock.wallMs()).toISOString();
    // Without Redis nobody looks; a page reads anew when it is back.
    this.live.events
      .appendEvent({ type: 'stream.changed', workspaceId, streamId, what, at })
      .catch(() => undefined);
  }
}
