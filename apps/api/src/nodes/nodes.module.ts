import { Module } from '@nestjs/common';
import { SettingsController } from '../settings/settings.controller.ts';
import { NodesController } from './nodes.controller.ts';

/** What relays say of themselves, and what the operator has said. */
@Module({ controllers: [NodesController, SettingsController] })
export class NodesModule {}
