import { Inject, Injectable } from '@nestjs/common';
import type { InputRole, RelayCommand } from '#contracts';
import { sentenceOf } from '#kernel';
import type { Live } from '#live';
import type { Logger } from '#observability';
import type { Queues } from '#queue';
import { LIVE, LOGGER, QUEUES } from '../infrastructure/tokens.ts';
import { RelayCommander } from './relay-commander.ts';

/** Looks up the owner in Redis, and puts the command into that node's queue. */
@Injectable()
export class OwnerQueueCommander extends RelayCommander {
  constructor(
    @Inject(LIVE) private readonly live: Live,
    @Inject(QUEUES) private readonly queues: Queues,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    super();
  }

  override async reconcile(streamId: string): Promise<void> {
    await this.sendIfPossible({ kind: 'reconcile', streamId });
  }

  override async checkKeys(streamId: string): Promise<void> {
    await this.sendIfPossible({ kind: 'checkKeys', streamId });
  }

  override async endBroadcast(streamId: string, cut: boolean): Promise<boolean> {
    return this.send({ kind: 'endBroadcast', streamId, ...(cut && { cut }) });
  }

  override async switchInput(streamId: string, to: InputRole): Promise<boolean> {
    return this.send({ kind: 'switchInput', streamId, to });
  }

  override async cutPush(streamId: string, destinationId: string): Promise<boolean> {
    return this.send({ kind: 'cutPush', streamId, destinationId });
  }

  override async retryPush(streamId: string, destinationId: string): Promise<boolean> {
    return this.send({ kind: 'retryPush', streamId, destinationId });
  }

  private async sendIfPossible(command: RelayCommand): Promise<void> {
    try {
      await this.send(command);
    } catch (thrown) {
      this.logger.warn(
        { streamId: command.streamId, fault: sentenceOf(thrown) },
        'a relay was not told of a change; it will find out by itself',
      );
    }
  }

  private async send(command: RelayCommand): Promise<boolean> {
    const owner = await this.live.ownership.ownerOf(command.streamId);
    if (owner === undefined) return false;
    await this.queues.relayCommands.send(owner, command);
    return true;
  }
}
