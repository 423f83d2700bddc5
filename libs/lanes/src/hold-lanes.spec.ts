import { emptyRecord, RingReader } from '#ring';
import { ScriptedDestination, type DestinationLink } from '#testing';
import { afterEach, describe, expect, it } from 'vitest';
import { CODED_CONFIG, CODED_FRAME_MS, CODED_PICTURES } from './coded-pictures.fixture.ts';
import { AAC_CONFIG, audioFrame, type TestEncoder } from './encoder.fixture.ts';
import { LanesUnderTest, type Published } from './lane-thread.fixture.ts';
import type { LaneCommand } from './messages.ts';
import { INGEST_LIMITS } from './settings.ts';

const AUDIO = 8;
const VIDEO = 9;

const opened: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});

/** Sends the keyframe and what follows, with sound between, again and again until it is closed. */
class PacedEncoder {
  readonly #encoder: TestEncoder;
  readonly #startMs: number;
  readonly #timer: NodeJS.Timeout;
  #pictures = 0;

  constructor(encoder: TestEncoder, startMs: number) {
    this.#encoder = encoder;
    this.#startMs = startMs;
    encoder.video(startMs, CODED_CONFIG);
    encoder.audio(startMs, AAC_CONFIG);
    this.#timer = setInterval(() => this.#send(), CODED_FRAME_MS);
    opened.push(this);
  }

  close(): Promise<void> {
    clearInterval(this.#timer);
    return Promise.resolve();
  }

  #send(): void {
    const timestampMs = this.#startMs + this.#pictures * CODED_FRAME_MS;
    const picture = CODED_PICTURES[this.#pictures % CODED_PICTURES.length];
    if (picture !== undefined) this.#encoder.video(timestampMs, picture);
    this.#encoder.audio(timestampMs + 20, audioFrame(this.#pictures));
    this.#pictures += 1;
  }
}

/** Two lanes, an encoder in one of them that has sent some pictures, and who hears them. */
async function broadcast(): Promise<{
  lanes: LanesUnderTest;
  first: Published;
  paced: PacedEncoder;
  link: DestinationLink;
  holdLane: number;
}> {
  const lanes = await LanesUnderTest.start(2);
  const destination = await ScriptedDestination.open();
  opened.push(lanes, destination);
  const first = await lanes.publish();
  const paced = new PacedEncoder(first.encoder, 50_000);
  await lanes.reports.next('ingest-joinable');
  const holdLane = 1 - first.lane;
  lanes.attempt(holdLane, { attemptId: 'one', ring: first.ring, url: destination.url() });
  const link = await destination.link();
  await link.until(() => heard(link, VIDEO).length >= CODED_PICTURES.length);
  return { lanes, first, paced, link, holdLane };
}

/** Without configurations, which have the time of the frame after them. */
function heard(link: DestinationLink, type: number): { timestampMs: number; body: Buffer }[] {
  return link.media.filter((one) => one.type === type && one.body[1] !== 0);
}

function startHold({ ring }: Published): LaneCommand {
  return { kind: 'start-hold', holdId: 'hold', ringId: 'broadcast', ring, slate: null };
}

function expectRising(link: DestinationLink): void {
  for (const type of [AUDIO, VIDEO]) {
    const times = heard(link, type).map(({ timestampMs }) => timestampMs);
    expect(times.every((time, index) => index === 0 || time > (times[index - 1] ?? 0))).toBe(true);
  }
  const all = link.media.map(({ timestampMs }) => timestampMs);
  expect(all).toEqual([...all].sort((one, other) => one - other));
}

describe('a destination whose encoder is cut', { timeout: 30_000 }, () => {
  it('is given held pictures and silence, and then the encoder again', async () => {
    const { lanes, first, paced, link, holdLane } = await broadcast();
    const { pool, reports } = lanes;
    await paced.close();
    first.encoder.socket.destroy();
    await reports.next('ingest-ended');
    pool.send(holdLane, startHold(first));
    expect(await reports.next('hold-standing')).toMatchObject({
      picture: 'last-picture',
      sound: 'silence',
      reason: '',
    });
    const before = heard(link, VIDEO).length;
    await link.until(() => heard(link, VIDEO).length >= before + 30);
    const isSilence = ({ body }: { body: Buffer }) => body.length < audioFrame(0).length;
    expect(heard(link, AUDIO).filter(isSilence).length).toBeGreaterThan(30);

    const back = await lanes.ask();
    const ids = { ring: first.ring, ringId: 'broadcast' };
    const grant = { ...ids, pen: 'standby', limits: INGEST_LIMITS } as const;
    pool.send(back.lane, { kind: 'accept-publish', ingestId: back.ingestId, grant });
    pool.send(back.lane, { kind: 'arm-ingest', ingestId: back.ingestId });
    await back.encoder.publishing.promise;
    void new PacedEncoder(back.encoder, 0);
    await reports.next('ingest-ready');
    pool.send(holdLane, { kind: 'end-hold', holdId: 'hold' });
    await reports.next('hold-ended');
    const heldUntil = new RingReader(first.ring).headSequence();
    pool.send(back.lane, { kind: 'take-ring', ingestId: back.ingestId });
    expect(await reports.next('ingest-writing', 1)).toMatchObject({
      ingestId: back.ingestId,
      continuity: 'same',
    });
    const written = new RingReader(first.ring);
    const record = emptyRecord();
    expect(written.record(heldUntil, record)).toBe(true);
    expect(written.body(record)).toEqual(CODED_PICTURES[0]);
    const ofEncoder = () =>
      heard(link, VIDEO).filter(({ timestampMs }) => timestampMs >= record.timestampMs);
    await link.until(() => ofEncoder().length >= CODED_PICTURES.length);
    const bodies = ofEncoder().map(({ body }) => body);
    expect(bodies.slice(0, CODED_PICTURES.length)).toEqual(CODED_PICTURES);
    expect(link.media.filter(({ body }) => body.equals(CODED_CONFIG))).toHaveLength(1);
    expectRising(link);
  });

  it('hears the encoder again that froze and thawed on the same connection', async () => {
    const { lanes, first, paced, link, holdLane } = await broadcast();
    const { pool, reports } = lanes;
    await paced.close();
    const { ingestId, lane, encoder } = first;
    await reports.next('ingest-frozen');
    pool.send(holdLane, startHold(first));
    await reports.next('hold-standing');
    const before = heard(link, VIDEO).length;
    await link.until(() => heard(link, VIDEO).length >= before + 3_000 / CODED_FRAME_MS);
    void new PacedEncoder(encoder, 55_000);
    await reports.next('ingest-ready');
    pool.send(holdLane, { kind: 'end-hold', holdId: 'hold' });
    await reports.next('hold-ended');
    pool.send(lane, { kind: 'take-ring', ingestId });
    expect(await reports.next('ingest-writing', 1)).toMatchObject({ continuity: 'same' });
    const isLast = ({ body }: { body: Buffer }) => body.equals(CODED_PICTURES.at(-1) ?? body);
    await link.until(() => heard(link, VIDEO).slice(before).some(isLast));
    expectRising(link);
    expect(reports.of('ingest-ended')).toEqual([]);
  });
});
