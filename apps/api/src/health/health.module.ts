import { Module } from '@nestjs/common';
import { HealthController } from './health.controller.ts';
import { ReadSystem } from './read-system.use-case.ts';
import { Readiness } from './readiness.ts';
import { SystemController } from './system.controller.ts';

/** Alive, and ready; and how what it leans on is, for who looks after it. */
@Module({
  controllers: [HealthController, SystemController],
  providers: [Readiness, ReadSystem],
  exports: [Readiness],
})
export class HealthModule {}
