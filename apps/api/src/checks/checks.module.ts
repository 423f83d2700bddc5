import { Module } from '@nestjs/common';

/** What can be known before and while one is live: rules of platforms, duplicates, previews. */
@Module({})
export class ChecksModule {}
