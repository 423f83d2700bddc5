/**
 * A push's writes cost a lane what carrying so many kbit/s of bytes does: a beat writes some 30
 * times a second at about 12 µs, and a Mbit of media costs about 20 µs.
 */
const WRITES_KBPS = 18_000;
/** What a stream is taken for whose bitrate nobody has measured yet. */
const UNMEASURED_KBPS = 6_000;
/**
 * Pushes of one ring in one lane share a beat and a wake-up. For that, a stream's pushes stay
 * together until their lane carries so many of them more than the least loaded one does.
 */
export const TOGETHER_MAX = 8;

/** A stream's ring, and the bitrate that was measured of it; null before that. */
export interface RingLoad {
  readonly ringId: string;
  readonly kbps: number | null;
}

/** An attempt that a lane has, from its order to its end. */
export interface PlacedAttempt extends RingLoad {
  readonly lane: number;
}

/** What one push of a stream of that bitrate costs a lane, in kbit/s. */
export function pushLoadKbps(kbps: number | null): number {
  return WRITES_KBPS + (kbps ?? UNMEASURED_KBPS);
}

/**
 * The lane for a new attempt: one that carries the stream already, while that is not notably more
 * loaded than the least loaded one; else that one. Of equals, the first. Undefined when no lane is
 * up.
 *
 * Attempts that are only ever added leave no two lanes that are up further apart than
 * `TOGETHER_MAX + 1` pushes of the heaviest stream weigh. Those that stand are never moved: to move
 * one would cost its destination a connection.
 *
 * `placed` is in the order in which they were placed; the newest known bitrate of a ring counts for
 * all of its attempts.
 */
export function placeAttempt(
  asked: RingLoad,
  placed: Iterable<PlacedAttempt>,
  isUp: readonly boolean[],
): number | undefined {
  const attempts = [...placed];
  const kbpsOf = new Map<string, number>();
  for (const { ringId, kbps } of [...attempts, asked]) if (kbps !== null) kbpsOf.set(ringId, kbps);
  const loadOf = (ringId: string): number => pushLoadKbps(kbpsOf.get(ringId) ?? null);
  const lanes = isUp.flatMap((up, lane) => (up ? [{ lane, load: 0, isShared: false }] : []));
  for (const { lane, ringId } of attempts) {
    const found = lanes.find((one) => one.lane === lane);
    if (found === undefined) continue;
    found.load += loadOf(ringId);
    found.isShared ||= ringId === asked.ringId;
  }
  const [least] = lanes.sort((one, other) => one.load - other.load || one.lane - other.lane);
  if (least === undefined) return undefined;
  const bearable = least.load + TOGETHER_MAX * loadOf(asked.ringId);
  const shared = lanes.find(({ load, isShared }) => isShared && load <= bearable);
  return (shared ?? least).lane;
}
