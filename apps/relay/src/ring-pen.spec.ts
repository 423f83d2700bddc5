import * as fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { LANE_AGAIN_MS, LANE_ANSWER_MS, RingPen, type PenTarget } from './ring-pen.ts';
import { World } from './world.fixture.ts';

const HOLD: PenTarget = { kind: 'hold' };
const A: PenTarget = { kind: 'ingest', ingestId: 'a', lane: 0 };
const B: PenTarget = { kind: 'ingest', ingestId: 'b', lane: 1 };

/** A pen, and what it orders; nothing answers of itself. */
class Scene {
  readonly world = new World();
  readonly orders: string[] = [];
  readonly holds: string[] = [];
  lanesUp = [true, true];
  readonly pen = new RingPen({
    timers: this.world,
    takeRing: (ingestId) => this.orders.push(`take ${ingestId}`),
    yieldRing: (ingestId) => this.orders.push(`yield ${ingestId}`),
    startHold: (holdId, lane) => {
      this.holds.push(holdId);
      this.orders.push(`start hold in ${lane}`);
    },
    endHold: () => this.orders.push('end hold'),
    holdLane: (preferred) => {
      if (preferred !== undefined && this.lanesUp[preferred] === true) return preferred;
      const lane = this.lanesUp.indexOf(true);
      return lane < 0 ? undefined : lane;
    },
  });

  /** What was ordered since the last look. */
  since(): string[] {
    return this.orders.splice(0);
  }

  get holdId(): string {
    return this.holds.at(-1) ?? '';
  }
}

let scene: Scene;

beforeEach(() => {
  scene = new Scene();
  scene.pen.given('a', 0);
});

describe('a pen', () => {
  it('goes on only when the one who has it has let go', async () => {
    const { pen } = scene;
    const passed = pen.pass(B);
    expect(scene.since()).toEqual(['yield a']);
    expect(pen.holder).toMatchObject({ id: 'a' });
    pen.yielded('a');
    expect(scene.since()).toEqual(['take b']);
    expect(await passed).toBe('passed');
  });

  it('waits for a lane that does not answer half a second, and no longer', async () => {
    const { pen, world } = scene;
    void pen.pass(B);
    await world.pass(LANE_ANSWER_MS - 1);
    expect(scene.since()).toEqual(['yield a']);
    await world.pass(1);
    expect(scene.since()).toEqual(['take b']);
    pen.yielded('a');
    expect(pen.holder).toMatchObject({ id: 'b' });
  });

  it('does not take a late answer for one to a later order', async () => {
    const { pen, world } = scene;
    void pen.pass(B);
    await world.pass(LANE_ANSWER_MS);
    void pen.pass(A);
    pen.yielded('b');
    expect(scene.since()).toEqual(['yield a', 'take b', 'yield b', 'take a']);
    pen.yielded('a');
    expect(pen.holder, 'the answer was to the first order').toMatchObject({ id: 'a' });
    void pen.pass(B);
    expect(scene.since()).toEqual(['yield a']);
    pen.yielded('a');
    expect(scene.since()).toEqual(['take b']);
  });

  it('goes at once where its lane dies, or its connection ends', async () => {
    const { pen } = scene;
    void pen.pass(HOLD);
    expect(scene.since()).toEqual(['yield a']);
    pen.laneLost(0);
    expect(scene.since()).toEqual(['start hold in 0']);
    void pen.pass(B);
    pen.holdEnded(scene.holdId);
    pen.gone('b');
    const passed = pen.pass(HOLD);
    expect(scene.since()).toEqual(['end hold', 'take b', 'start hold in 1']);
    expect(await passed).toBe('passed');
  });

  it('is handed to the newest of two orders, and the other is told so', async () => {
    const { pen } = scene;
    const toHold = pen.pass(HOLD);
    const toB = pen.pass(B);
    expect(await toHold).toBe('gone');
    pen.yielded('a');
    expect(await toB).toBe('passed');
    expect(scene.since()).toEqual(['yield a', 'take b']);
  });

  it('stays with nobody when the newcomer is gone before it got it', async () => {
    const { pen } = scene;
    const passed = pen.pass(B);
    pen.gone('b');
    expect(await passed).toBe('gone');
    pen.yielded('a');
    expect(scene.since()).toEqual(['yield a']);
    expect(pen.holder).toBeNull();
  });

  it('comes back to the one who was told to let go only after it did', () => {
    const { pen } = scene;
    void pen.pass(HOLD);
    void pen.pass(A);
    expect(scene.since()).toEqual(['yield a']);
    pen.yielded('a');
    expect(scene.since()).toEqual(['take a']);
  });

  it('that is nobody’s is asked of nobody', async () => {
    const { pen } = scene;
    pen.frozen('a', true);
    expect(pen.holder).toBeNull();
    expect(await pen.pass(null)).toBe('passed');
    expect(scene.since()).toEqual([]);
  });

  it('is not given back to one that has frozen, until that is asked for again', async () => {
    const { pen } = scene;
    pen.frozen('a', true);
    expect(scene.since()).toEqual([]);
    expect(await pen.pass(HOLD)).toBe('passed');
    const passed = pen.pass(B);
    pen.frozen('b', false);
    expect(await passed).toBe('gone');
    pen.holdEnded(scene.holdId);
    expect(scene.since()).toEqual(['start hold in 0', 'end hold']);
  });

  it('is taken back from one whose word that it has frozen passed the order to write', async () => {
    const { pen } = scene;
    void pen.pass(B);
    pen.yielded('a');
    pen.frozen('b', false);
    void pen.pass(HOLD);
    expect(scene.since()).toEqual(['yield a', 'take b', 'yield b']);
    pen.yielded('b');
    expect(scene.since()).toEqual(['start hold in 1']);
  });

  it('comes back to an ingest that the ring has turned away by mistake', () => {
    const { pen } = scene;
    pen.yielded('a');
    expect(scene.since()).toEqual(['take a']);
  });

  it('that an ingest was armed for is not lost to the answer of another that was disarmed', () => {
    const { pen } = scene;
    pen.disarm('b');
    void pen.pass(B);
    pen.yielded('a');
    pen.yielded('b');
    expect(scene.since()).toEqual(['yield b', 'yield a', 'take b']);
    expect(pen.holder).toMatchObject({ id: 'b' });
  });
});

describe('a hold', () => {
  it('stands in the lane of the writer before it, or in one that is up', () => {
    const { pen } = scene;
    scene.lanesUp = [false, true];
    void pen.pass(HOLD);
    pen.gone('a');
    expect(scene.since()).toEqual(['yield a', 'start hold in 1']);
  });

  it('that ends of itself, or with its lane, is made anew', () => {
    const { pen } = scene;
    void pen.pass(HOLD);
    pen.yielded('a');
    pen.holdEnded(scene.holdId);
    scene.lanesUp = [false, true];
    pen.laneLost(0);
    expect(scene.since()).toEqual([
      'yield a',
      'start hold in 0',
      'start hold in 0',
      'start hold in 1',
    ]);
  });

  it('waits for a lane, and is not made where it is not wanted any more', async () => {
    const { pen, world } = scene;
    scene.lanesUp = [false, false];
    void pen.pass(HOLD);
    pen.gone('a');
    await world.pass(LANE_AGAIN_MS - 1);
    scene.lanesUp = [true, true];
    expect(scene.holds).toEqual([]);
    await world.pass(1);
    expect(scene.holds).toHaveLength(1);
    scene.lanesUp = [false, false];
    pen.laneLost(0);
    await pen.pass(null);
    scene.lanesUp = [true, true];
    await world.pass(10_000);
    expect(scene.holds).toHaveLength(1);
  });
});

/**
 * Ingests a and b in lanes that answer in order, each after a while of its own; the world sees who
 * writes.
 */
class Lanes {
  readonly world = new World();
  readonly writers = new Set<string>();
  readonly pen: RingPen;
  #free = [0, 0];
  most = 0;

  /** As the orders name them. */
  get writing(): string[] {
    return [...this.writers].map((id) => (id === 'a' || id === 'b' ? id : 'hold'));
  }

  constructor(latenciesMs: readonly number[]) {
    const lag = (lane: number, act: () => void): void => {
      const nowMs = this.world.monotonicMs();
      const atMs = Math.max(this.#free[lane] ?? 0, nowMs + (latenciesMs[lane] ?? 0));
      this.#free[lane] = atMs;
      this.world.after(atMs - nowMs, act);
    };
    const laneOf = (id: string): number => (id === 'a' ? 0 : 1);
    const write = (id: string): void => {
      this.writers.add(id);
      this.most = Math.max(this.most, this.writers.size);
    };
    const holdLanes = new Map<string, number>();
    this.pen = new RingPen({
      timers: this.world,
      takeRing: (id) => lag(laneOf(id), () => write(id)),
      yieldRing: (id) =>
        lag(laneOf(id), () => {
          this.writers.delete(id);
          this.world.after(1, () => this.pen.yielded(id));
        }),
      startHold: (id, lane) => {
        holdLanes.set(id, lane);
        lag(lane, () => write(id));
      },
      endHold: (id) =>
        lag(holdLanes.get(id) ?? 0, () => {
          this.writers.delete(id);
          this.world.after(1, () => this.pen.holdEnded(id));
        }),
      holdLane: (preferred) => preferred ?? 0,
    });
    this.pen.given('a', 0);
    write('a');
  }
}

/** Lanes that were given these orders, so long apart, and who is to write in the end. */
async function carriedOut(
  orders: readonly (readonly [PenTarget, number])[],
  latenciesMs: readonly number[],
): Promise<{ lanes: Lanes; wanted: string }> {
  const lanes = new Lanes(latenciesMs);
  let last: PenTarget = A;
  for (const [to, passMs] of orders) {
    last = to;
    void lanes.pen.pass(to);
    await lanes.world.pass(passMs);
  }
  return { lanes, wanted: last.kind === 'hold' ? 'hold' : last.ingestId };
}

describe('whatever is ordered, and whenever', () => {
  const order = fc.tuple(fc.constantFrom(HOLD, A, B), fc.nat(1_200));

  it('where lanes answer in time one writes at most, and in the end the right one', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(order, { maxLength: 20 }),
        fc.array(fc.nat(450), { minLength: 2, maxLength: 2 }),
        async (orders, latenciesMs) => {
          const { lanes, wanted } = await carriedOut(orders, latenciesMs);
          await lanes.world.pass(5_000);
          expect(lanes.most).toBe(1);
          expect(lanes.writing).toEqual([wanted]);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('the right one writes in the end, also where lanes answer late', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(order, { maxLength: 20 }),
        fc.array(fc.nat(3_000), { minLength: 2, maxLength: 2 }),
        async (orders, latenciesMs) => {
          const { lanes, wanted } = await carriedOut(orders, latenciesMs);
          await lanes.world.pass(60_000);
          expect(lanes.writing).toEqual([wanted]);
        },
      ),
      { numRuns: 200 },
    );
  });
});
