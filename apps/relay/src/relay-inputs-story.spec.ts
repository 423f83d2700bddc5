import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { FakeIngest } from './fake-lanes.fixture.ts';
import { RelayUnderTest } from './relay-under-test.fixture.ts';

const KINDS = [
  ...(['publish', 'publish', 'media', 'media', 'media', 'freeze', 'hang-up'] as const),
  ...(['unpublish', 'kill', 'restart', 'switch', 'end', 'stall', 'wake'] as const),
];

interface Happening {
  readonly kind: (typeof KINDS)[number];
  /** Which key, encoder or lane. */
  readonly pick: number;
  readonly passMs: number;
}

const happening: fc.Arbitrary<Happening> = fc.record({
  kind: fc.constantFrom(...KINDS),
  pick: fc.nat(7),
  passMs: fc.oneof(fc.nat(5), fc.nat(600), fc.nat(5_000)),
});

function here(scene: RelayUnderTest): readonly FakeIngest[] {
  return scene.lanes.ingests.filter(({ phase }) => phase === 'accepted');
}

async function happen(scene: RelayUnderTest, streamId: string, what: Happening): Promise<void> {
  const { lanes, relay } = scene;
  const { kind, pick } = what;
  const all = here(scene);
  const one = all[pick % Math.max(1, all.length)];
  if (kind === 'publish') {
    lanes.publish(pick % 2 === 0 ? 'key' : 'spare', pick % 3 === 0 ? 1 : 0);
  } else if (kind === 'kill') {
    lanes.kill(pick % 2);
  } else if (kind === 'restart') {
    await scene.world.pass(DEATH_TOLD_MS);
    lanes.restart(pick % 2);
  } else if (kind === 'stall' || kind === 'wake') {
    lanes.setBusy(pick % 2, kind === 'stall');
  } else if (kind === 'switch') {
    await relay.onCommand({ kind: 'switchInput', streamId });
  } else if (kind === 'end' && pick === 0) {
    await relay.onCommand({ kind: 'endBroadcast', streamId });
  } else if (one !== undefined) {
    if (kind === 'media') lanes.media(one);
    if (kind === 'freeze') lanes.freeze(one);
    if (kind === 'hang-up') lanes.hangUp(one);
    if (kind === 'unpublish') lanes.hangUp(one, 'unpublished');
  }
  await scene.world.pass(what.passMs);
}

/** A lane's successor is started when its death was told. */
const DEATH_TOLD_MS = 2;
/** Longer than any order waits for its answer. */
const SETTLED_MS = 1_500;

it('whatever encoders, lanes and people do, one writes at most, and the right one', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(happening, { maxLength: 60 }),
      fc.constantFrom(0, 5, 60),
      fc.boolean(),
      async (happenings, graceSeconds, endOnUnpublish) => {
        const scene = new RelayUnderTest();
        const { lanes, world } = scene;
        const { streamId } = scene.addStream('key', 1, graceSeconds);
        scene.postgres.keys.set('spare', { streamId, keyId: 'spare', role: 'backup' });
        await scene.change(streamId, { endOnUnpublish });
        let stalled = false;
        for (const what of happenings) {
          await happen(scene, streamId, what);
          stalled ||= what.kind === 'stall';
          // Beside a lane that stands still, the ring itself sees to it.
          if (!stalled) expect(lanes.writers.length).toBeLessThanOrEqual(1);
        }
        for (const lane of [0, 1]) lanes.setBusy(lane, false);
        await world.pass(DEATH_TOLD_MS);
        for (const lane of [0, 1]) lanes.restart(lane);
        await world.pass(SETTLED_MS);
        const status = scene.status(streamId);
        if (status === undefined || status.state === 'offline') {
          expect(lanes.writers).toEqual([]);
          return;
        }
        const [writer] = lanes.writers;
        expect(lanes.writers, status.state).toHaveLength(1);
        expect(status.hold !== null).toBe(writer !== undefined && 'holdId' in writer);
        if (status.state === 'grace') expect(status.hold).not.toBeNull();
        // With an encoder that sends, the broadcast goes on from it.
        if (here(scene).length === 0) return;
        for (let second = 0; second < 3; second += 1) {
          for (const ingest of here(scene)) lanes.media(ingest);
          await world.pass(SETTLED_MS);
        }
        const live = scene.status(streamId);
        expect(live).toMatchObject({ state: 'live', hold: null });
        expect(lanes.writers).toHaveLength(1);
        expect(live?.activeInput).not.toBeNull();
      },
    ),
    { numRuns: 300 },
  );
});
