import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { BroadcastsController } from './broadcasts.controller.ts';
import { OperatorActions } from './operator-actions.interceptor.ts';

/** What happened, and what people had to do with it. */
@Module({
  controllers: [BroadcastsController],
  providers: [{ provide: APP_INTERCEPTOR, useClass: OperatorActions }],
})
export class BroadcastsModule {}
