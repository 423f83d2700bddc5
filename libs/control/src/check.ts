import { z } from 'zod';

/** A test connection's steps, in order. `publish`: where the platform has a private test. */
export const preflightStepNameSchema = z.enum([
  'resolve',
  'tcp',
  'tls',
  'handshake',
  'connect',
  'publish',
]);
export type PreflightStepName = z.infer<typeof preflightStepNameSchema>;

export const testDestinationBodySchema = z
  .strictObject({
    /** Also publish, in the platform's private test; refused where it has none. */
    publish: z.boolean().default(false),
  })
  .meta({ id: 'TestDestinationBody', examples: [{ publish: false }] });
export type TestDestinationBody = z.infer<typeof testDestinationBodySchema>;
