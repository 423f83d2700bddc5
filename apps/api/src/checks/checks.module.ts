import { Module } from '@nestjs/common';
import { PreviewSource } from './preview-source.ts';
import { PreviewController } from './preview.controller.ts';

/** What can be known before and while one is live: rules of platforms, duplicates, previews. */
@Module({ controllers: [PreviewController], providers: [PreviewSource] })
export class ChecksModule {}
