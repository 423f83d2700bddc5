import { Inject, Injectable } from '@nestjs/common';
import type { InputRole, StreamStatus } from '#contracts';
import type { WorkspaceDatabase } from '#persistence';
import { ProblemError } from '../problem/problem-error.ts';
import { RelayCommander } from '../relay-commands/relay-commander.ts';
import { ReadStreamStatus } from './read-stream-status.use-case.ts';
import { streamNotLive } from './stream-missing.ts';

@Injectable()
export class SwitchInput {
  constructor(
    @Inject(ReadStreamStatus) private readonly readStatus: ReadStreamStatus,
    @Inject(RelayCommander) private readonly relays: RelayCommander,
  ) {}

  /**
   * Asks the relay to feed the broadcast from the other input, or from the one that is named. The
   * present one goes on until that one has a keyframe; the status tells when it is so.
   */
  async run(workspace: WorkspaceDatabase, streamId: string, to?: InputRole): Promise<StreamStatus> {
    const status = await this.readStatus.run(workspace, streamId);
    if (status.state === 'offline') throw streamNotLive();
    const target = to ?? otherThan(status.activeInput);
    if (target === status.activeInput) return status;
    refuseUnlessWell(target, status);
    if (!(await this.relays.switchInput(streamId, target))) throw streamNotLive();
    return status;
  }
}

function otherThan(active: InputRole | null): InputRole {
  return active === 'backup' ? 'primary' : 'backup';
}

function refuseUnlessWell(target: InputRole, { inputs }: StreamStatus): void {
  const input = inputs[target];
  if (input === null) {
    const sentence = `No encoder publishes to the ${target} input.`;
    throw new ProblemError('INPUT_NOT_THERE', sentence, { status: 409 });
  }
  if (input.health !== 'frozen') return;
  const sentence = `The encoder at the ${target} input is connected but sends no picture.`;
  throw new ProblemError('INPUT_FROZEN', sentence, { status: 409 });
}
