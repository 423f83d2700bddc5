import { createStreamBodySchema } from '#contracts';
import { GRACE_SECONDS_DEFAULT, GRACE_SECONDS_MAX, newBroadcast } from '#relay-core';
import { expect, it } from 'vitest';

it('a grace period that the API takes is one that a broadcast takes, and no longer one', () => {
  const longest = createStreamBodySchema.parse({ name: 'Show', graceSeconds: GRACE_SECONDS_MAX });
  expect(() => newBroadcast({ graceSeconds: longest.graceSeconds })).not.toThrow();
  const longer = { name: 'Show', graceSeconds: GRACE_SECONDS_MAX + 1 };
  expect(createStreamBodySchema.safeParse(longer).success).toBe(false);
  expect(createStreamBodySchema.parse({ name: 'Show' }).graceSeconds).toBe(GRACE_SECONDS_DEFAULT);
});
