import { Module } from '@nestjs/common';
import { NodesController } from './nodes.controller.ts';

/** What relays say of themselves. */
@Module({ controllers: [NodesController] })
export class NodesModule {}
