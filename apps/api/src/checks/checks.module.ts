import { Module } from '@nestjs/common';
import { ChecksController } from './checks.controller.ts';
import { PreviewSource } from './preview-source.ts';
import { PreviewController } from './preview.controller.ts';
import { ReadChecks } from './read-checks.use-case.ts';
import { StreamPreviewController } from './stream-preview.controller.ts';

/** What can be known before and while one is live: rules of platforms, duplicates, previews. */
@Module({
  controllers: [ChecksController, PreviewController, StreamPreviewController],
  providers: [PreviewSource, ReadChecks],
})
export class ChecksModule {}
