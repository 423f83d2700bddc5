import { Module } from '@nestjs/common';
import { BroadcastsController } from './broadcasts.controller.ts';

@Module({ controllers: [BroadcastsController] })
export class BroadcastsModule {}
