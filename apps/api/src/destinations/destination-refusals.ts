import { delayTooLong } from './delay-check.ts';

/** For the OpenAPI document: why a destination that is well formed can be refused all the same. */
export const DESTINATION_REFUSALS: Readonly<Record<string, string>> = {
  ADDRESS_FORBIDDEN: 'This address is private; such destinations are not allowed here.',
  DELAY_TOO_LONG: delayTooLong(42),
};
