import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 50;

/**
 * Asks `condition` again and again until it gives something other than false, null or undefined,
 * and gives that. A condition that throws is not met yet; the last thing it threw is named when the
 * time is over.
 */
export async function waitFor<Value>(
  what: string,
  condition: () => Value | Promise<Value>,
  withinMs: number,
): Promise<NonNullable<Exclude<Value, false>>> {
  const deadlineMs = performance.now() + withinMs;
  let last: unknown;
  for (;;) {
    try {
      const value = await condition();
      if (isMet(value)) return value;
      last = value;
    } catch (thrown) {
      last = thrown;
    }
    if (performance.now() > deadlineMs) {
      throw new Error(`${what}: not within ${withinMs / 1000} s`, { cause: last });
    }
    await delay(POLL_MS);
  }
}

function isMet<Value>(value: Value): value is NonNullable<Exclude<Value, false>> {
  return value !== false && value !== null && value !== undefined;
}
