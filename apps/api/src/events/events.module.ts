import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.ts';
import { EventHub } from './event-hub.ts';
import { EventsController } from './events.controller.ts';

/** What changes, as it changes. */
@Module({ imports: [AuthModule], controllers: [EventsController], providers: [EventHub] })
export class EventsModule {}
