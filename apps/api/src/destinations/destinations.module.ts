import { Module } from '@nestjs/common';
import { AddressPolicy, createHostResolver, parseCidrList } from '#net';
import type { ApiEnvironment } from '../env.ts';
import { ENVIRONMENT } from '../infrastructure/tokens.ts';
import { RelayCommandsModule } from '../relay-commands/relay-commands.module.ts';
import { AddDestination } from './add-destination.use-case.ts';
import { ChangeDestination } from './change-destination.use-case.ts';
import { DelayCheck } from './delay-check.ts';
import { DestinationActionsController } from './destination-actions.controller.ts';
import { DestinationChecks, HOST_RESOLVER } from './destination-checks.ts';
import { DestinationKey } from './destination-key.ts';
import { DestinationsController } from './destinations.controller.ts';
import { RemoveDestination } from './remove-destination.use-case.ts';
import { RetryDestination } from './retry-destination.use-case.ts';
import { StreamDestinationsController } from './stream-destinations.controller.ts';
import { SwitchDestination } from './switch-destination.use-case.ts';
import { TestDestination } from './test-destination.use-case.ts';

/** A person waits for the form: names that take longer are judged by the relay alone. */
const DNS_DEADLINE_MS = 2_000;

@Module({
  imports: [RelayCommandsModule],
  controllers: [StreamDestinationsController, DestinationsController, DestinationActionsController],
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
    DelayCheck,
    DestinationChecks,
    DestinationKey,
    AddDestination,
    ChangeDestination,
    RemoveDestination,
    RetryDestination,
    SwitchDestination,
    TestDestination,
  ],
})
export class DestinationsModule {}
