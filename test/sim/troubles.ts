import type { DesiredDestination, InputRole } from '#contracts';
import type { SimEncoder } from './encoder.ts';
import { troubledWelcome, type Simulation } from './simulation.ts';
import type { SimNode } from './sim-node.ts';
import type { LinkMood } from './sim-store.ts';

const MOODS: readonly LinkMood[] = ['there', 'there', 'away', 'frozen'];

interface Trouble {
  readonly name: string;
  /** How often, against the others. */
  readonly weight: number;
  readonly make: () => unknown;
}

/** Everything that may happen to a relay, chosen by chance. */
export class Troubles {
  readonly #sim: Simulation;
  readonly #all: readonly Trouble[];
  readonly #weights: number;

  constructor(sim: Simulation) {
    this.#sim = sim;
    this.#all = [...this.#encoders(), ...this.#network(), ...this.#machines(), ...this.#owner()];
    this.#weights = this.#all.reduce((sum, { weight }) => sum + weight, 0);
  }

  async next(): Promise<void> {
    const { chance, ledger } = this.#sim;
    let left = chance.random() * this.#weights;
    const trouble = this.#all.find(({ weight }) => (left -= weight) < 0);
    if (trouble === undefined) return;
    const done = await trouble.make();
    if (done === false) return;
    this.#sim.note(trouble.name);
    ledger.counts.faults += 1;
  }

  #encoders(): Trouble[] {
    const { chance } = this.#sim;
    const of = (name: string, weight: number, act: (encoder: SimEncoder) => unknown): Trouble => ({
      name,
      weight,
      make: () => this.#withEncoder(act),
    });
    return [
      { name: 'an encoder publishes', weight: 20, make: () => this.#publish() },
      { name: 'a second encoder publishes', weight: 2, make: () => this.#publish('primary', 1) },
      {
        name: 'an encoder publishes to the backup',
        weight: 8,
        make: () => this.#publish('backup'),
      },
      of('the encoder’s network fails', 2, (encoder) => encoder.cut()),
      of('the encoder unpublishes', 1, (encoder) => encoder.unpublish()),
      of('the encoder sends nothing', 0.5, (encoder) => (encoder.isPaused = true)),
      of('the encoder sends again', 3, (encoder) => (encoder.isPaused = false)),
      of('the encoder’s picture freezes', 2, (encoder) => (encoder.isFrozen = true)),
      of('the encoder’s picture goes on', 4, (encoder) => (encoder.isFrozen = false)),
      of('the encoder is set up anew', 2, (encoder) => encoder.reconfigure()),
      of('the encoder’s clock jumps', 2, (encoder) =>
        encoder.jump(chance.oneOf([-60_000, -5_000, -500, 3_000, 60_000, 2 ** 31])),
      ),
    ];
  }

  #network(): Trouble[] {
    const { chance, time } = this.#sim;
    const withSession = (act: (session: Simulation['sessions'][number]) => void): unknown => {
      const session = chance.maybeOneOf(this.#sim.sessions);
      return session === undefined ? false : act(session);
    };
    return [
      { name: 'a destination changes its mind', weight: 6, make: () => this.#changeWelcome() },
      {
        name: 'a destination freezes',
        weight: 3,
        make: () => withSession((session) => session.freeze(true)),
      },
      {
        name: 'a destination freezes for a while',
        weight: 10,
        make: () =>
          withSession((session) => {
            session.freeze(true);
            time.after(chance.between(1_000, 9_500), () => session.freeze(false));
          }),
      },
      {
        name: 'a destination resets',
        weight: 2,
        make: () => withSession((session) => session.reset()),
      },
      {
        name: 'a destination closes its side',
        weight: 2,
        make: () => withSession((session) => session.hangUp()),
      },
    ];
  }

  #machines(): Trouble[] {
    const { chance, time, postgres, redis } = this.#sim;
    return [
      { name: 'a lane dies', weight: 2, make: () => this.#node().lanes.kill(this.#lane()) },
      { name: 'a lane stands still', weight: 2, make: () => this.#standStill() },
      { name: 'a node is killed', weight: 0.5, make: () => this.#sim.restart(this.#node()) },
      {
        name: 'a node’s way to Redis changes',
        weight: 3,
        make: () => (this.#node().redis.mood = chance.oneOf(MOODS)),
      },
      { name: 'Redis is emptied', weight: 0.5, make: () => redis.empty() },
      {
        name: 'Postgres changes',
        weight: 2,
        make: () => {
          if (postgres.mood !== 'there') this.#sim.invariants.wishChanged();
          postgres.mood = chance.oneOf(MOODS);
          if (postgres.mood !== 'there') this.#sim.invariants.wishChanged(Infinity);
        },
      },
      {
        name: 'the machine’s clock is set',
        weight: 1,
        make: () => time.jumpWall(chance.oneOf([-3_600_000, -2_000, 5_000, 86_400_000])),
      },
    ];
  }

  #owner(): Trouble[] {
    const { chance, stream } = this.#sim;
    const { streamId } = stream;
    return [
      {
        name: 'the owner switches',
        weight: 1,
        make: () => this.#wish((one) => ({ ...one, enabled: chance.once(0.6) })),
      },
      {
        name: 'the owner edits',
        weight: 1,
        make: () => this.#wish((one) => ({ ...one, restartToken: one.restartToken + 1 })),
      },
      {
        name: 'the owner moves a destination in time',
        weight: 3,
        make: () =>
          this.#wish((one) => ({
            ...one,
            delaySeconds: this.#isHealthy(one) ? 0 : chance.oneOf([0, 2, 5, 20]),
            resume: chance.oneOf(['live', 'rewind']),
          })),
      },
      { name: 'the owner replaces a destination', weight: 1, make: () => this.#replace() },
      {
        name: 'the owner changes the grace period',
        weight: 0.5,
        make: () => this.#change({ graceSeconds: chance.oneOf([0, 2, 20]) }),
      },
      {
        name: 'the owner replaces a key',
        weight: 0.5,
        make: () => this.#sim.rotateKey(chance.oneOf(['primary', 'backup'])),
      },
      {
        name: 'the owner has another mind of second encoders',
        weight: 0.5,
        make: () =>
          this.#change({
            takeover: chance.oneOf(['takeover', 'takeover', 'reject', 'backup']),
            endOnUnpublish: chance.once(0.3),
          }),
      },
      {
        name: 'the operator switches inputs',
        weight: 3,
        make: () => {
          const input = chance.oneOf([{ to: 'primary' }, { to: 'backup' }, {}] as const);
          return this.#command({ kind: 'switchInput', streamId, ...input });
        },
      },
      {
        name: 'the owner retries',
        weight: 1,
        make: () => {
          const { id } = chance.oneOf(this.#sim.stream.destinations);
          this.#sim.invariants.wishChanged();
          return this.#command({ kind: 'retryPush', streamId, destinationId: id });
        },
      },
      {
        name: 'the owner ends the broadcast',
        weight: 1,
        make: () => this.#command({ kind: 'endBroadcast', streamId }),
      },
    ];
  }

  #node(): SimNode {
    const { chance, nodes } = this.#sim;
    const node = nodes[chance.once(0.75) ? 0 : 1];
    if (node === undefined) throw new Error('there are two nodes');
    return node;
  }

  #lane(): number {
    return this.#sim.chance.between(0, 2);
  }

  /** Unless more than `others` publish with that key. */
  #publish(role: InputRole = 'primary', others = 0): unknown {
    const { chance, encoders } = this.#sim;
    const key = this.#sim.keyOf(role);
    if (encoders.filter((one) => !one.isGone && one.key === key).length > others) return false;
    const sends = chance.oneOf([
      'both',
      'both',
      'both',
      'both',
      'video',
      'audio',
      'nothing',
    ] as const);
    return this.#sim.publish(this.#node(), { key, sends });
  }

  #withEncoder(act: (encoder: SimEncoder) => unknown): unknown {
    const encoder = this.#sim.chance.maybeOneOf(this.#sim.encoders.filter(({ isGone }) => !isGone));
    if (encoder === undefined) return false;
    act(encoder);
    return true;
  }

  #changeWelcome(): unknown {
    const { chance, destinations } = this.#sim;
    const one = chance.maybeOneOf([...destinations.values()].filter(({ isHealthy }) => !isHealthy));
    if (one === undefined) return false;
    one.welcome = troubledWelcome(chance);
    return true;
  }

  #standStill(): unknown {
    const { chance, time } = this.#sim;
    const lane = this.#node().lanes.lane(this.#lane());
    if (lane === undefined) return false;
    lane.setBusy(true);
    time.after(chance.oneOf([200, 1_000, 2_500]), () => lane.setBusy(false));
    return true;
  }

  #wish(change: (one: DesiredDestination) => DesiredDestination): Promise<void> {
    const { chance, stream } = this.#sim;
    const changed = chance.oneOf(stream.destinations);
    const destinations = stream.destinations.map((one) => (one === changed ? change(one) : one));
    return this.#change({ destinations });
  }

  #isHealthy({ id }: DesiredDestination): boolean {
    return this.#sim.destinations.get(id)?.isHealthy === true;
  }

  #replace(): Promise<void> {
    const { chance, stream } = this.#sim;
    const old = chance.oneOf(stream.destinations);
    const isHealthy = this.#isHealthy(old);
    const kept = stream.destinations.filter((one) => one !== old);
    return this.#change({ destinations: [...kept, this.#sim.newDestination(isHealthy)] });
  }

  #change(change: Partial<Simulation['stream']>): Promise<void> {
    const { postgres, stream, invariants } = this.#sim;
    postgres.streams.set(stream.streamId, { ...stream, ...change });
    invariants.wishChanged();
    return this.#command({ kind: 'reconcile', streamId: stream.streamId });
  }

  async #command(command: Parameters<SimNode['relay']['onCommand']>[0]): Promise<void> {
    // A command that finds no store, or no node, is lost: what Postgres says wins in the end.
    for (const { relay } of this.#sim.nodes) void relay.onCommand(command).catch(() => undefined);
  }
}
