import { Module } from '@nestjs/common';
import { AddressGuardModule } from '../infrastructure/address-guard.module.ts';
import { RelayCommandsModule } from '../relay-commands/relay-commands.module.ts';
import { ChangeIngestRules } from './change-ingest-rules.use-case.ts';
import { IngestRulesController } from './ingest-rules.controller.ts';
import { PublishUrls } from './publish-urls.use-case.ts';

/** Who may publish to a stream, beside its keys: addresses, links, the owner’s own answer. */
@Module({
  imports: [AddressGuardModule, RelayCommandsModule],
  controllers: [IngestRulesController],
  providers: [ChangeIngestRules, PublishUrls],
})
export class IngestRulesModule {}
