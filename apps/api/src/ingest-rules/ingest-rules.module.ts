import { Module } from '@nestjs/common';

/** Who may publish to a stream, beside its keys: addresses, links, the owner’s own answer. */
@Module({})
export class IngestRulesModule {}
