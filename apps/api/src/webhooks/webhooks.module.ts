import { Module } from '@nestjs/common';

/** Who is told what happens, and whether they heard it. */
@Module({})
export class WebhooksModule {}
