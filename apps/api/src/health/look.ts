import { sentenceOf, type Clock, type Timers } from '#kernel';

/** How long one part may take to say how it is. */
export const PART_MS_MAX = 1_000;

/** What came of asking one part. */
export type Look<Value> =
  | { readonly ok: true; readonly ms: number; readonly detail: null; readonly value: Value }
  | { readonly ok: false; readonly ms: null; readonly detail: string; readonly value: null };

/** Never rejects, and says something within `PART_MS_MAX`. */
export async function lookAt<Value>(
  ask: () => Promise<Value>,
  { clock, timers }: { readonly clock: Clock; readonly timers: Timers },
): Promise<Look<Value>> {
  const beganMs = clock.monotonicMs();
  const late = Promise.withResolvers<never>();
  const sentence = `It did not answer within ${PART_MS_MAX} ms.`;
  const cancel = timers.after(PART_MS_MAX, () => late.reject(new Error(sentence)));
  try {
    const value = await Promise.race([ask(), late.promise]);
    const ms = Math.round(clock.monotonicMs() - beganMs);
    return { ok: true, ms, detail: null, value };
  } catch (thrown) {
    return { ok: false, ms: null, detail: sentenceOf(thrown), value: null };
  } finally {
    cancel();
  }
}
