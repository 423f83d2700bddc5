import { Module } from '@nestjs/common';
import { OwnerQueueCommander } from './owner-queue-commander.ts';
import { RelayCommander } from './relay-commander.ts';

@Module({
  providers: [{ provide: RelayCommander, useClass: OwnerQueueCommander }],
  exports: [RelayCommander],
})
export class RelayCommandsModule {}
