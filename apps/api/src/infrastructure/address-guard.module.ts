import { Module } from '@nestjs/common';
import { AddressPolicy, createHostResolver, parseCidrList } from '#net';
import type { ApiEnvironment } from '../env.ts';
import { ENVIRONMENT, HOST_RESOLVER } from './tokens.ts';

/** A person waits for the form: names that take longer are judged by whoever connects. */
const DNS_DEADLINE_MS = 2_000;

/** Which addresses may be named in a form. */
@Module({
  providers: [
    {
      provide: AddressPolicy,
      inject: [ENVIRONMENT],
      useFactory: (environment: ApiEnvironment) =>
        new AddressPolicy(parseCidrList(environment.ALLOW_PRIVATE_DESTINATIONS)),
    },
    {
      provide: HOST_RESOLVER,
      useFactory: () => createHostResolver({ deadlineMs: DNS_DEADLINE_MS }),
    },
  ],
  exports: [AddressPolicy, HOST_RESOLVER],
})
export class AddressGuardModule {}
