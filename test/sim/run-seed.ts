import { OWNERSHIP_TTL_MS } from '#live';
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
/** What the slowest of the destinations can take. */
const MODEST = { tickMs: 1_000, gopFrames: 2, frameBytesMax: 100, sends: 'both' } as const;
/** The longest back-off, an attempt that hung, and its end. */
const LIVE_WITHIN_MS = 420_000;
/** One seed of so many waits until everything is live again. */
const CALM_EVERY = 5;
/** What is over is forgotten on the next beat; an encoder that asked may be judged until then. */
const FORGOTTEN_WITHIN_MS = 3_000;
/** What an orderly end of the process waits for destinations to take what is theirs. */
const DRAIN_MS = 2_500;
/** And then our goodbye. */
const GOODBYE_MS = 2_500;

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

/**
 * What was broken is whole again, and an encoder publishes: everything that is wanted becomes live.
 * Where one publishes already its broadcast goes on, or, for half of these seeds, a new one begins.
 */
async function calm(sim: Simulation): Promise<void> {
  const { ledger, postgres, redis, stream, time, seed } = sim;
  sim.note('calm: everything works again');
  postgres.mood = 'there';
  const destinations = stream.destinations.map((one) => ({ ...one, enabled: true }));
  postgres.streams.set(stream.streamId, { ...stream, graceSeconds: 20, destinations });
  for (const node of sim.nodes) node.redis.mood = 'there';
  for (const destination of sim.destinations.values()) destination.welcome = 'accepts';
  sim.invariants.wishChanged();
  if (seed % (2 * CALM_EVERY) === 0) {
    for (const encoder of sim.encoders) encoder.cut();
    await time.pass(25_000);
  }
  for (const encoder of sim.encoders) {
    encoder.isPaused = false;
    encoder.isFrozen = false;
    encoder.reconfigure(MODEST);
  }
  for (let waitedMs = 0; waitedMs < LIVE_WITHIN_MS && !isAllLive(sim); waitedMs += 5_000) {
    const owner = sim.nodes.find(({ nodeId }) => nodeId === redis.ownerOf(stream.streamId));
    const node = owner ?? sim.nodes[0];
    const isNeeded = sim.encoders.every(({ isGone }) => isGone);
    if (isNeeded && node !== undefined) sim.publish(node, MODEST);
    await time.pass(5_000);
  }
  ledger.must(isAllLive(sim), () => 'recovery: not everything that is wanted is live again');
}

function isAllLive({ nodes, stream }: Simulation): boolean {
  return nodes.some(({ relay }) => {
    const pushes = relay.streams.flatMap(({ pushes }) => pushes.runners);
    const live = pushes.filter(({ phase }) => phase === 'live').map((one) => one.destination.id);
    return stream.destinations.every(({ id }) => live.includes(id));
  });
}

async function shutDown(sim: Simulation): Promise<void> {
  const { nodes, time, ledger } = sim;
  sim.note('shutdown');
  // A lane that stands still is ended with the process.
  for (const { lanes } of nodes) for (const lane of [0, 1]) lanes.lane(lane)?.setBusy(false);
  for (const { relay } of nodes) relay.endAll();
  await time.pass(DRAIN_MS);
  for (const { relay } of nodes) relay.cutAll();
  await time.pass(GOODBYE_MS);
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
  // What a node could not give back, or was killed with, ends by itself.
  await time.pass(OWNERSHIP_TTL_MS);
  const owner = sim.redis.ownerOf(sim.stream.streamId);
  ledger.must(owner === undefined, () => `shutdown: ${owner} still owns the stream`);
}
