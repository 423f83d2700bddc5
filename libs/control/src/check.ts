import { z } from 'zod';

export const testDestinationBodySchema = z
  .strictObject({
    /** Also publish, in the platform's private test; refused where it has none. */
    publish: z.boolean().default(false),
  })
  .meta({ id: 'TestDestinationBody', examples: [{ publish: false }] });
export type TestDestinationBody = z.infer<typeof testDestinationBodySchema>;
