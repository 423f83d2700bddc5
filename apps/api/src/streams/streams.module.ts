import { Module } from '@nestjs/common';
import { RelayCommandsModule } from '../relay-commands/relay-commands.module.ts';
import { ChangeStream } from './change-stream.use-case.ts';
import { CreateStream } from './create-stream.use-case.ts';
import { EndBroadcast } from './end-broadcast.use-case.ts';
import { IngestKeysController } from './ingest-keys.controller.ts';
import { IngestAddresses } from './ingest-addresses.ts';
import { ListStreams } from './list-streams.use-case.ts';
import { PutSlate } from './put-slate.use-case.ts';
import { ReadStreamStatus } from './read-stream-status.use-case.ts';
import { RemoveSlate } from './remove-slate.use-case.ts';
import { RemoveStream } from './remove-stream.use-case.ts';
import { RevokeKey } from './revoke-key.use-case.ts';
import { RotateKey } from './rotate-key.use-case.ts';
import { SlateController } from './slate.controller.ts';
import { StreamLifeController } from './stream-life.controller.ts';
import { SwitchInput } from './switch-input.use-case.ts';
import { StreamsController } from './streams.controller.ts';

@Module({
  imports: [RelayCommandsModule],
  controllers: [StreamsController, IngestKeysController, StreamLifeController, SlateController],
  providers: [
    ChangeStream,
    CreateStream,
    EndBroadcast,
    IngestAddresses,
    ListStreams,
    PutSlate,
    ReadStreamStatus,
    RemoveSlate,
    RemoveStream,
    RevokeKey,
    RotateKey,
    SwitchInput,
  ],
})
export class StreamsModule {}
