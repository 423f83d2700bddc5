import { Module } from '@nestjs/common';
import { OwnerQueueCommander } from './owner-queue-commander.ts';
import { RelayCommander } from './relay-commander.ts';
import { StreamChanges } from './stream-changes.ts';

@Module({
  providers: [{ provide: RelayCommander, useClass: OwnerQueueCommander }, StreamChanges],
  exports: [RelayCommander, StreamChanges],
})
export class RelayCommandsModule {}
