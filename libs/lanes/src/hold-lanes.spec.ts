import { RingReader } from '#ring';
import { ScriptedDestination, type DestinationLink } from '#testing';
import { afterEach, describe, expect, it } from 'vitest';
import { CODED_CONFIG, CODED_FRAME_MS, CODED_PICTURES } from './coded-pictures.fixture.ts';
import { AAC_CONFIG, audioFrame, type TestEncoder } from './encoder.fixture.ts';
import { LanesUnderTest, type Published } from './lane-thread.fixture.ts';
import type { LaneCommand } from './messages.ts';

const AUDIO = 8;
const VIDEO = 9;

const opened: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});

/** The keyframe and what follows, with sound between. */
function sendGop(encoder: TestEncoder, fromMs: number): void {
  encoder.video(fromMs, CODED_CONFIG);
  encoder.audio(fromMs, AAC_CONFIG);
  for (const [index, picture] of CODED_PICTURES.entries()) {
    encoder.video(fromMs + index * CODED_FRAME_MS, picture);
    encoder.audio(fromMs + index * CODED_FRAME_MS + 20, audioFrame(index));
  }
}

/** Two lanes, an encoder in one of them that has sent some pictures, and who hears them. */
async function broadcast(): Promise<{
  lanes: LanesUnderTest;
  first: Published;
  link: DestinationLink;
  holdLane: number;
}> {
  const lanes = await LanesUnderTest.start(2);
  const destination = await ScriptedDestination.open();
  opened.push(lanes, destination);
  const first = await lanes.publish();
  sendGop(first.encoder, 50_000);
  await lanes.reports.next('ingest-joinable');
  const holdLane = 1 - first.lane;
  lanes.attempt(holdLane, { attemptId: 'one', ring: first.ring, url: destination.url() });
  const link = await destination.link();
  await link.until(() => heard(link, VIDEO).length >= CODED_PICTURES.length);
  return { lanes, first, link, holdLane };
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
    const { lanes, first, link, holdLane } = await broadcast();
    const { pool, reports } = lanes;
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
    expect(heard(link, AUDIO).length).toBeGreaterThan(CODED_PICTURES.length + 30);

    const back = await lanes.ask();
    const grant = { ring: first.ring, ringId: 'broadcast', pen: 'standby' } as const;
    pool.send(back.lane, { kind: 'accept-publish', ingestId: back.ingestId, grant });
    pool.send(back.lane, { kind: 'arm-ingest', ingestId: back.ingestId });
    await back.encoder.publishing.promise;
    sendGop(back.encoder, 0);
    await reports.next('ingest-ready');
    pool.send(holdLane, { kind: 'end-hold', holdId: 'hold' });
    await reports.next('hold-ended');
    const held = new RingReader(first.ring).headSequence();
    pool.send(back.lane, { kind: 'take-ring', ingestId: back.ingestId });
    expect(await reports.next('ingest-writing', 1)).toMatchObject({
      ingestId: back.ingestId,
      continuity: 'same',
    });
    const isKeyframe = ({ body }: { body: Buffer }) => body.equals(CODED_PICTURES[0] ?? body);
    await link.until(() => heard(link, VIDEO).filter(isKeyframe).length === 2);
    const again = heard(link, VIDEO).findLastIndex(isKeyframe);
    await link.until(() => heard(link, VIDEO).length >= again + CODED_PICTURES.length);
    const after = heard(link, VIDEO).slice(again);
    expect(after.map(({ body }) => body)).toEqual(CODED_PICTURES);
    expect(new RingReader(first.ring).headSequence()).toBe(held + 2 * CODED_PICTURES.length);
    expect(link.media.filter(({ body }) => body.equals(CODED_CONFIG))).toHaveLength(1);
    expectRising(link);
  });

  it('hears the encoder again that froze and thawed on the same connection', async () => {
    const { lanes, first, link, holdLane } = await broadcast();
    const { pool, reports } = lanes;
    const { ingestId, lane, encoder } = first;
    await reports.next('ingest-frozen');
    pool.send(holdLane, startHold(first));
    await reports.next('hold-standing');
    const before = heard(link, VIDEO).length;
    await link.until(() => heard(link, VIDEO).length >= before + 3_000 / CODED_FRAME_MS);
    sendGop(encoder, 55_000);
    await reports.next('ingest-ready');
    pool.send(holdLane, { kind: 'end-hold', holdId: 'hold' });
    await reports.next('hold-ended');
    pool.send(lane, { kind: 'take-ring', ingestId });
    expect(await reports.next('ingest-writing', 1)).toMatchObject({ continuity: 'same' });
    await link.until(
      () =>
        heard(link, VIDEO)
          .at(-1)
          ?.body.equals(CODED_PICTURES.at(-1) ?? Buffer.of()) === true,
    );
    expectRising(link);
    expect(reports.of('ingest-ended')).toEqual([]);
  });
});
