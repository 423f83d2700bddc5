import { beforeEach, describe, expect, it } from 'vitest';
import type { DesiredDestination, LiveWarning } from '#contracts';
import type { IngestMeasure } from '#media';
import type { FakeIngest } from './fake-lanes.fixture.ts';
import { LiveChecks } from './live-checks.ts';
import { destination, RelayUnderTest } from './relay-under-test.fixture.ts';
import { CALM_AFTER_MS, WARN_AFTER_MS } from './warning-watch.ts';

const video = {
  codec: 'avc1',
  width: 1920,
  height: 1080,
  framesPerSecond: 60,
  kbps: 8_000,
  keyframeIntervalMs: 2_000,
  hasBFrames: false,
};
const measure: IngestMeasure = {
  kbps: 8_160,
  video,
  audio: { codec: 'mp4a', sampleRateHz: 48_000, channels: 2, kbps: 160 },
  faults: { jumps: 0, lateMessages: 0 },
  warnings: [],
};

let scene: RelayUnderTest;
let told: string[];
beforeEach(() => {
  scene = new RelayUnderTest();
  told = [];
});

const checksWith = (uplinkKbpsMax: number | null = null) =>
  new LiveChecks({
    clock: scene.world,
    uplinkKbpsMax,
    isOwnIngest: (url) => url.includes('//127.0.0.1'),
    onWarning: (_stream, { code }, isOver) => told.push(`${code} ${isOver ? 'over' : 'begun'}`),
    onChanged: () => told.push('changed'),
  });

/** A live stream with these destinations: its id, and how it goes on. */
async function live(destinations: readonly DesiredDestination[], hash = 'hash') {
  const { streamId } = scene.addStream(hash, 0);
  await scene.change(streamId, { destinations: [...destinations], name: `stream of ${hash}` });
  const ingest = await scene.goLive(hash);
  report(ingest);
  return { streamId, ingest };
}

function report({ lane, ingestId }: FakeIngest, figures = measure): void {
  scene.relay.onReport(lane, { kind: 'ingest-figures', ingestId, figures });
}

/** Looks once a second for so long. */
async function lookFor(checks: LiveChecks, forMs: number): Promise<void> {
  checks.look(scene.relay.streams);
  for (let ms = 0; ms < forMs; ms += 1_000) {
    await scene.world.pass(1_000);
    checks.look(scene.relay.streams);
  }
}

const codesOf = (warnings: readonly LiveWarning[] | undefined) => warnings?.map(({ code }) => code);

describe('LiveChecks', () => {
  it('warns the destination that it will bite, in its status, and takes it back', async () => {
    const [twitch, other] = [destination('a', { platform: 'twitch' }), destination('b')];
    const { streamId, ingest } = await live([twitch, other]);
    const checks = checksWith();
    await lookFor(checks, WARN_AFTER_MS);
    const status = scene.status(streamId);
    expect(status?.pushes.map(({ warnings }) => codesOf(warnings))).toEqual([['BITRATE_HIGH'], []]);
    expect(status?.warnings).toEqual([]);
    expect(told).toEqual(['BITRATE_HIGH begun', 'changed']);
    report(ingest, { ...measure, video: { ...video, kbps: 5_000 } });
    await lookFor(checks, CALM_AFTER_MS);
    expect(told.slice(2)).toEqual(['BITRATE_HIGH over', 'changed']);
    expect(scene.status(streamId)?.pushes[0]?.warnings).toEqual([]);
  });

  it('says nothing of a destination that nobody wants', async () => {
    await live([destination('a', { platform: 'twitch', enabled: false })]);
    await lookFor(checksWith(), WARN_AFTER_MS);
    expect(told).toEqual([]);
  });

  it('knows no limit of a server that is not known', async () => {
    const { ingest } = await live([destination('a', { platform: 'custom' })]);
    report(ingest, { ...measure, video: { ...video, codec: 'vp09', kbps: 90_000 } });
    await lookFor(checksWith(), WARN_AFTER_MS);
    expect(told).toEqual([]);
  });

  it('finds one key in two live streams of a workspace', async () => {
    const same = { keyFingerprint: 'same' };
    const first = await live([destination('a', same)]);
    const second = await live([destination('b', same)], 'other');
    await lookFor(checksWith(), WARN_AFTER_MS);
    for (const { streamId } of [first, second]) {
      expect(codesOf(scene.status(streamId)?.pushes[0]?.warnings)).toEqual(['DUPLICATE_KEY']);
    }
  });

  it('does not tell one workspace of the keys of another', async () => {
    const same = { keyFingerprint: 'same' };
    const { streamId } = await live([destination('a', same)]);
    await live([destination('b', same)], 'other');
    await scene.change(streamId, { workspaceId: '00000000-0000-7000-8000-00000000000f' });
    await lookFor(checksWith(), WARN_AFTER_MS);
    expect(told).toEqual([]);
  });

  it('adds up what leaves the node, without test destinations', async () => {
    const test = destination('t', { platform: 'test', url: 'rtmp://test.invalid/live' });
    const { streamId } = await live([destination('a'), destination('b'), test]);
    await lookFor(checksWith(2 * 8_160), WARN_AFTER_MS);
    expect(told).toEqual([]);
    await lookFor(checksWith(2 * 8_160 - 1), WARN_AFTER_MS);
    expect(codesOf(scene.status(streamId)?.warnings)).toEqual(['UPLINK_SHORT']);
  });

  it('finds a way back to this node', async () => {
    await live([destination('a', { url: 'rtmp://127.0.0.1/live' })]);
    await lookFor(checksWith(), WARN_AFTER_MS);
    expect(told).toEqual(['LOOP begun', 'changed']);
  });

  it('begins anew with the next broadcast', async () => {
    const { streamId } = await live([destination('a', { platform: 'twitch' })]);
    const checks = checksWith();
    await lookFor(checks, WARN_AFTER_MS);
    await scene.relay.onCommand({ kind: 'endBroadcast', streamId });
    await lookFor(checks, 2_000);
    expect(scene.relay.streams.flatMap(({ warnings }) => warnings)).toEqual([]);
    report(await scene.goLive('hash'));
    await lookFor(checks, WARN_AFTER_MS - 1_000);
    expect(told).toEqual(['BITRATE_HIGH begun', 'changed']);
  });
});
