import { Module } from '@nestjs/common';
import { IdempotencyInterceptor } from './idempotency.interceptor.ts';

/** Every POST that somebody signed in sends with an `Idempotency-Key` is done once. */
@Module({ providers: [IdempotencyInterceptor], exports: [IdempotencyInterceptor] })
export class IdempotencyModule {}
