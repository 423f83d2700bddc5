import { BrokenInvariant, type Counts } from './ledger.ts';
import { Simulation } from './simulation.ts';
import { Troubles } from './troubles.ts';

export interface SeedRun {
  readonly seed: number;
  readonly steps: number;
  readonly hash: string;
  readonly counts: Counts;
  readonly failure: SeedFailure | undefined;
}

export interface SeedFailure {
  /** The invariant that was broken, or our own fault. */
  readonly what: string;
  readonly lastLines: readonly string[];
}

/** Between two steps, and now and then far more. */
const PAUSES_MS = [0, 20, 100, 400, 400, 1_000, 1_000, 2_500];
const LONG_PAUSES_MS = [8_000, 35_000, 100_000];
const LONG_SHARE = 0.02;
/** The longest back-off, an attempt that hung, and its end. */
const LIVE_WITHIN_MS = 420_000;
/** One seed of so many waits until everything is live again. */
const CALM_EVERY = 5;
/** What is over is forgotten on the next beat. */
const FORGOTTEN_WITHIN_MS = 1_100;
/** What an orderly end of the process waits for destinations to take our goodbye. */
const DRAIN_MS = 5_000;

/** One run. A broken invariant is an answer, and so is an error of our own. */
export async function runSeed(seed: number, steps: number, linesKept: number): Promise<SeedRun> {
  const sim = new Simulation(seed, linesKept);
  const { ledger } = sim;
  let failure: SeedFailure | undefined;
  try {
    const troubles = new Troubles(sim);
    for (let step = 0; step < steps; step += 1) {
      await troubles.next();
      const pauses = sim.chance.once(LONG_SHARE) ? LONG_PAUSES_MS : PAUSES_MS;
      await sim.time.pass(sim.chance.oneOf(pauses));
      sim.invariants.look(sim.nodes);
      ledger.throwIfBroken();
    }
    if (seed % CALM_EVERY === 0) await calm(sim);
    await shutDown(sim);
    ledger.throwIfBroken();
  } catch (error) {
    const what = error instanceof BrokenInvariant ? error.message : String((error as Error).stack);
    failure = { what, lastLines: ledger.lastLines };
  }
  const { hash, counts } = ledger;
  return { seed, steps, hash, counts, failure };
}

/** What was broken is whole again, and an encoder publishes: everything wanted becomes live. */
async function calm(sim: Simulation): Promise<void> {
  const { ledger, nodes, postgres, stream, time } = sim;
  sim.note('calm: everything works again');
  postgres.mood = 'there';
  const destinations = stream.destinations.map((one) => ({ ...one, enabled: true }));
  postgres.streams.set(stream.streamId, { ...stream, graceSeconds: 20, destinations });
  for (const node of nodes) node.redis.mood = 'there';
  for (const destination of sim.destinations.values()) destination.welcome = 'accepts';
  sim.invariants.wishChanged();
  for (const encoder of sim.encoders) encoder.cut();
  await time.pass(25_000);
  const [node] = nodes;
  if (node === undefined) throw new Error('there is a node');
  // What the slowest of these destinations can take.
  sim.publish(node, { tickMs: 1_000, gopFrames: 2, frameBytesMax: 100 });
  const isAllLive = (): boolean => {
    const live = sim.nodes[0]?.relay.streams.flatMap(({ pushes }) => pushes.runners) ?? [];
    return live.length === destinations.length && live.every(({ phase }) => phase === 'live');
  };
  for (let waitedMs = 0; waitedMs < LIVE_WITHIN_MS && !isAllLive(); waitedMs += 5_000) {
    await time.pass(5_000);
  }
  ledger.must(isAllLive(), () => 'recovery: not everything that is wanted is live again');
}

async function shutDown(sim: Simulation): Promise<void> {
  const { nodes, time, ledger } = sim;
  sim.note('shutdown');
  // A lane that stands still is ended with the process.
  for (const { lanes } of nodes) for (const lane of [0, 1]) lanes.lane(lane)?.setBusy(false);
  for (const { relay } of nodes) relay.endAll();
  await time.pass(DRAIN_MS);
  for (const node of nodes) {
    ledger.must(node.relay.isQuiet, () => `shutdown: ${node.nodeId} is not quiet in time`);
    ledger.must(
      node.lanes.attempts.length === 0,
      () => `shutdown: connections of ${node.nodeId} are left`,
    );
    sim.invariants.nodeShutDown(node);
  }
  await time.pass(FORGOTTEN_WITHIN_MS);
  for (const { relay, nodeId } of nodes) {
    ledger.must(
      relay.streams.length === 0,
      () => `shutdown: ${nodeId} keeps a stream that is over`,
    );
  }
  const isReachable = nodes.every(({ redis }) => sim.nowMs - redis.blindAtMs > DRAIN_MS * 2);
  const owner = sim.redis.ownerOf(sim.stream.streamId);
  ledger.must(
    !isReachable || owner === undefined,
    () => `shutdown: ${owner} still owns the stream`,
  );
}
