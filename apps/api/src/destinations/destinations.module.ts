import { Module } from '@nestjs/common';
import { AddressGuardModule } from '../infrastructure/address-guard.module.ts';
import { RelayCommandsModule } from '../relay-commands/relay-commands.module.ts';
import { AddDestination } from './add-destination.use-case.ts';
import { ChangeDestination } from './change-destination.use-case.ts';
import { DelayCheck } from './delay-check.ts';
import { DestinationActionsController } from './destination-actions.controller.ts';
import { DestinationChecks } from './destination-checks.ts';
import { DestinationKey } from './destination-key.ts';
import { DestinationsController } from './destinations.controller.ts';
import { RemoveDestination } from './remove-destination.use-case.ts';
import { RetryDestination } from './retry-destination.use-case.ts';
import { StreamDestinationsController } from './stream-destinations.controller.ts';
import { SwitchDestination } from './switch-destination.use-case.ts';
import { TestDestination } from './test-destination.use-case.ts';

@Module({
  imports: [RelayCommandsModule, AddressGuardModule],
  controllers: [StreamDestinationsController, DestinationsController, DestinationActionsController],
  providers: [
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
