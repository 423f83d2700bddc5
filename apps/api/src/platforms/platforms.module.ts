import { Module } from '@nestjs/common';
import { DestinationPasteController } from './destination-paste.controller.ts';
import { PlatformsController } from './platforms.controller.ts';

@Module({ controllers: [PlatformsController, DestinationPasteController] })
export class PlatformsModule {}
