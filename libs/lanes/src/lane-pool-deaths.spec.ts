import { ScriptedDestination, type DestinationLink } from '#testing';
import { afterEach, describe, expect, it } from 'vitest';
import { AAC_CONFIG, AVC_CONFIG, videoFrame, type TestEncoder } from './encoder.fixture.ts';
import { LanesUnderTest, type LostLane, type Published } from './lane-thread.fixture.ts';
import { ABROAD } from './lane.fixture.ts';
import { POISON } from './poison.fixture.ts';

const FRAME_MS = 20;
const GOP_FRAMES = 30;
/** Two configurations and the keyframe that a destination begins with. */
const FIRST = 3;

const MORTAL = {
  entry: new URL('./lane-thread-mortal.fixture.ts', import.meta.url),
  heapMbytesMax: 48,
};

const opened: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});

async function openDestination(): Promise<ScriptedDestination> {
  const destination = await ScriptedDestination.open();
  opened.push(destination);
  return destination;
}

/** An encoder's frames, each with the number that it has. */
class Frames {
  readonly #encoder: TestEncoder;
  sent = 0;

  constructor(encoder: TestEncoder) {
    this.#encoder = encoder;
    begin(encoder);
  }

  /** The next frame, once `link` has got the one before. */
  async next(link: DestinationLink): Promise<void> {
    await link.until(() => link.media.length >= FIRST + this.sent);
    this.sent += 1;
    this.#encoder.video(this.sent * FRAME_MS, frameOf(this.sent));
  }
}

function begin(encoder: TestEncoder): void {
  encoder.video(0, AVC_CONFIG);
  encoder.audio(0, AAC_CONFIG);
  encoder.video(0, frameOf(0));
}

function frameOf(number: number): Buffer {
  return videoFrame(number, number % GOP_FRAMES === 0 ? 'keyframe' : 'inter');
}

/** The number that `videoFrame` wrote into a frame. */
function numberOf(body: Buffer | undefined): number {
  return body?.readUInt32BE(10) ?? -1;
}

/** What a connection begins with: codec headers, then a keyframe; then every frame that follows. */
function expectWhole(link: DestinationLink): number {
  const [config, audioConfig, ...frames] = link.media;
  expect([config?.body, audioConfig?.body]).toEqual(
    expect.arrayContaining([AVC_CONFIG, AAC_CONFIG]),
  );
  const first = numberOf(frames[0]?.body);
  expect(first % GOP_FRAMES).toBe(0);
  for (const [index, { body, timestampMs }] of frames.entries()) {
    expect(body.equals(frameOf(first + index)), `frame ${first + index}`).toBe(true);
    expect(timestampMs).toBe(index * FRAME_MS);
  }
  return frames.length;
}

/** Two streams, the encoder of each in a lane of its own, as the kernel came to deal them. */
async function publishInBoth(lanes: LanesUnderTest): Promise<[Published, Published]> {
  const byLane = new Map<number, Published>();
  for (;;) {
    const published = await lanes.publish();
    byLane.set(published.lane, published);
    const [first, second] = [byLane.get(0), byLane.get(1)];
    if (first !== undefined && second !== undefined) return [first, second];
  }
}

/** Every lane is dealt connections. */
async function expectBothListen(lanes: LanesUnderTest): Promise<void> {
  const dealt = new Set<number>();
  for (let connections = 0; dealt.size < 2 && connections < 60; connections += 1) {
    const { encoder, lane } = await lanes.ask();
    dealt.add(lane);
    await encoder.close();
  }
  expect(dealt).toEqual(new Set([0, 1]));
}

/** Two streams, and destinations of theirs in both lanes; the lane of one is to be killed. */
class Scene {
  readonly lanes: LanesUnderTest;
  readonly killed: Published;
  readonly spared: Published;
  readonly frames: Frames;
  readonly #isLost: Promise<boolean>;

  private constructor(lanes: LanesUnderTest, [killed, spared]: [Published, Published]) {
    this.lanes = lanes;
    this.killed = killed;
    this.spared = spared;
    this.frames = new Frames(spared.encoder);
    begin(killed.encoder);
    this.#isLost = lanes.lost.then(() => true);
  }

  static async start(): Promise<Scene> {
    const lanes = await LanesUnderTest.start(2, undefined, MORTAL);
    opened.push(lanes);
    const scene = new Scene(lanes, await publishInBoth(lanes));
    await lanes.reports.next('ingest-joinable', 1);
    return scene;
  }

  /** A push of that stream in that lane, once it has what it begins with. */
  async push(lane: number, { ring }: Published, to: ScriptedDestination): Promise<DestinationLink> {
    const url = to.url();
    const links = to.links.length;
    const ids = { attemptId: `${url} ${links}`, destinationId: url, ringId: url };
    const how = { delayMs: 0, start: { kind: 'live' }, ...ABROAD } as const;
    const order = { ...ids, ring, url, streamKey: 'key', ...how };
    this.lanes.pool.send(lane, { kind: 'start-attempt', order });
    return to.link(links);
  }

  /** Frames of the spared stream go on to `link`, one after the other, until then. */
  async feedUntil(link: DestinationLink, condition: () => boolean): Promise<void> {
    while (!condition()) await this.frames.next(link);
  }

  /** The death, while the spared stream goes on. */
  kill(how: string, link: DestinationLink): Promise<LostLane> {
    const { lane } = this.killed;
    this.lanes.pool.send(lane, { kind: 'cut-ingest', ingestId: how, reason: 'failed' });
    return this.feedUntilLost(link);
  }

  async feedUntilLost(link: DestinationLink): Promise<LostLane> {
    let isLost = false;
    void this.#isLost.then(() => {
      isLost = true;
    });
    await this.feedUntil(link, () => isLost);
    return this.lanes.lost;
  }
}

const DEATHS = [
  ['an uncaught throw', 'throw', 'thrown in a lane'],
  ['want of memory', 'memory', 'memory limit'],
  ['a loop without end', 'busy', 'its event loop stood still'],
] as const;

describe.each(DEATHS)('a lane that dies of %s', { timeout: 60_000 }, (_, how, detail) => {
  it('takes its own sockets only, is up again at once, and pushes join at a keyframe', async () => {
    const scene = await Scene.start();
    const { lanes, killed, spared, frames } = scene;
    const [witness, mover] = [await openDestination(), await openDestination()];
    const link = await scene.push(spared.lane, spared, witness);
    const moved = await scene.push(killed.lane, spared, mover);
    await moved.until(() => moved.media.length >= FIRST);
    const loss = await scene.kill(how, link);
    expect(loss).toEqual({ lane: killed.lane, detail: expect.stringContaining(detail) });
    await Promise.all([killed.encoder.ended.promise, moved.ended]);
    await scene.feedUntil(link, () => lanes.reports.of('listening').length === 3);
    await expectBothListen(lanes);
    const again = await scene.push(killed.lane, spared, mover);
    await scene.feedUntil(link, () => again.media.length >= FIRST + GOP_FRAMES);
    await link.until(() => link.media.length >= FIRST + frames.sent);
    expect(expectWhole(link)).toBe(1 + frames.sent);
    expectWhole(moved);
    expectWhole(again);
    expect(numberOf(again.media[FIRST - 1]?.body)).toBeGreaterThan(0);
    expect(lanes.reports.of('ingest-ended').map(({ ingestId }) => ingestId)).not.toContain(
      spared.ingestId,
    );
    expect(lanes.reports.of('attempt-ended')).toEqual([]);
  });

  it('is survived by the pushes of its streams in other lanes: the encoder returns', async () => {
    const scene = await Scene.start();
    const { lanes, killed, spared } = scene;
    const [witness, waiter] = [await openDestination(), await openDestination()];
    const link = await scene.push(spared.lane, spared, witness);
    const waiting = await scene.push(spared.lane, killed, waiter);
    await waiting.until(() => waiting.media.length >= FIRST);
    await scene.kill(how, link);
    await killed.encoder.ended.promise;
    const before = waiting.media.length;
    const { encoder } = await lanes.publish({ ring: killed.ring });
    begin(encoder);
    await waiting.until(() => {
      const last = waiting.media.at(-1);
      return waiting.media.length > before && last?.body.equals(frameOf(0)) === true;
    });
    const timesMs = waiting.media.map(({ timestampMs }) => timestampMs);
    expect(timesMs).toEqual(timesMs.toSorted((one, other) => one - other));
    expect(waiter.links).toHaveLength(1);
    expect(lanes.reports.of('attempt-ended')).toEqual([]);
  });
});

describe('a lane that dies of what an encoder sends', { timeout: 60_000 }, () => {
  it('names that encoder, and none that it carries beside', async () => {
    const scene = await Scene.start();
    const { lanes, killed, spared } = scene;
    const witness = await openDestination();
    const link = await scene.push(spared.lane, spared, witness);
    killed.encoder.video(FRAME_MS, Buffer.concat([frameOf(1), Buffer.from(POISON)]));
    const { lane, detail, ingestId } = await scene.feedUntilLost(link);
    expect(detail).toContain('its event loop stood still');
    expect([lane, ingestId]).toEqual([killed.lane, killed.ingestId]);
    expect(lanes.reports.of('attempt-ended')).toEqual([]);
  });
});
