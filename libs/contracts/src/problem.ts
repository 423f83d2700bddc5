import { z } from 'zod';

const fieldFaultSchema = z.object({
  /** Path in the body or query, dots between steps: `url`, `destinations.0.name`. */
  field: z.string(),
  code: z.string(),
  message: z.string(),
});
export type FieldFault = z.infer<typeof fieldFaultSchema>;

/** RFC 9457 problem details. `code` is stable; `errors` names fields where fields are at fault. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string(),
    instance: z.string().optional(),
    errors: z.array(fieldFaultSchema).optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problemSchema>;
