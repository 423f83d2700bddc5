import { beforeEach, describe, expect, it } from 'vitest';
import { FAILED_KEY_LIMITS } from './failed-keys.ts';
import { RelayUnderTest } from './relay-under-test.fixture.ts';

let scene: RelayUnderTest;

beforeEach(() => {
  scene = new RelayUnderTest();
});

const checkKeys = (streamId: string) => scene.relay.onCommand({ kind: 'checkKeys', streamId });

describe('a key that is revoked', () => {
  it('ends its encoder at once, and opens nothing any more', async () => {
    const { streamId } = scene.addStream('key');
    const ingest = await scene.goLive('key');
    scene.postgres.keys.delete('key');
    await checkKeys(streamId);
    await scene.world.pass(50);
    expect(ingest.endReason).toBe('key-revoked');
    scene.postgres.mood = 'away';
    const again = scene.lanes.publish('key');
    await scene.world.pass(3_000);
    expect(again.rejection).toBe('NetStream.Publish.Denied');
  });

  it('is forgotten also while nobody publishes with it', async () => {
    const { streamId } = scene.addStream('key');
    const ingest = await scene.goLive('key');
    scene.lanes.hangUp(ingest, 'unpublished');
    await scene.relay.onCommand({ kind: 'endBroadcast', streamId });
    await scene.world.pass(70_000);
    expect(scene.relay.streams).toEqual([]);
    scene.postgres.keys.delete('key');
    await checkKeys(streamId);
    scene.postgres.mood = 'away';
    // A moment later its disk knows of it.
    await scene.world.pass(500);
    await scene.restart();
    const again = scene.lanes.publish('key');
    await scene.world.pass(3_000);
    expect(again.rejection).toBe('NetStream.Publish.Denied');
  });

  it('is of one encoder alone', async () => {
    const { streamId } = scene.addStream('key');
    scene.postgres.keys.set('spare', { streamId, keyId: 'spare', role: 'backup' });
    const main = await scene.goLive('key');
    const spare = await scene.goLive('spare');
    scene.postgres.keys.delete('spare');
    await checkKeys(streamId);
    await scene.world.pass(50);
    expect(spare.endReason).toBe('key-revoked');
    expect(main.phase).toBe('accepted');
  });

  it('counts as valid while Postgres cannot be asked', async () => {
    const { streamId } = scene.addStream('key');
    const ingest = await scene.goLive('key');
    scene.postgres.mood = 'away';
    await expect(checkKeys(streamId)).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    await scene.world.pass(1_000);
    expect(ingest.phase).toBe('accepted');
  });
});

describe('a key whose overlap is over', () => {
  it('ends its encoder within a second, whether or not Postgres answers', async () => {
    const { streamId } = scene.addStream('key');
    const ingest = await scene.goLive('key');
    const expiresAtMs = scene.world.wallMs() + 5_000;
    const holder = { streamId, keyId: 'old', role: 'primary', expiresAtMs } as const;
    scene.postgres.keys.set('key', holder);
    await checkKeys(streamId);
    scene.postgres.mood = 'away';
    await scene.world.pass(4_900);
    expect(ingest.phase).toBe('accepted');
    await scene.world.pass(1_100);
    expect(ingest.endReason).toBe('key-revoked');
    const again = scene.lanes.publish('key');
    await scene.world.pass(2_000);
    expect(again.rejection).toBe('NetStream.Publish.Denied');
    await scene.restart();
    const later = scene.lanes.publish('key');
    await scene.world.pass(3_000);
    expect(later.rejection).toBe('NetStream.Publish.Denied');
  });
});

describe('keys that are not known', () => {
  it('are refused in the same words, whether they never were or were revoked', async () => {
    const desired = scene.addStream('key');
    scene.postgres.streams.set(desired.streamId, { ...desired, deleted: true });
    for (const hash of ['key', 'never']) scene.lanes.publish(hash);
    await scene.world.pass(2_000);
    const causes = scene.lines.filter(({ message }) => message === 'a publish was refused');
    expect(causes.map(({ fields }) => fields['cause'])).toEqual(
      Array(2).fill('unknown stream key'),
    );
  });

  it('lead to a block of their address in every lane, which no encoder there feels', async () => {
    scene.addStream('key');
    const elsewhere = { remoteAddress: '198.51.100.9' };
    const live = scene.lanes.publish('key', 0, elsewhere);
    await scene.world.pass(50);
    for (let n = 0; n <= FAILED_KEY_LIMITS.keys; n += 1) {
      scene.lanes.publish(`wrong${n}`, 1, { remoteAddress: '203.0.113.5' });
      await scene.world.pass(10);
    }
    const block = {
      kind: 'block-address',
      address: '203.0.113.5',
      forMs: FAILED_KEY_LIMITS.blockMs,
    };
    const isBlock = ({ kind }: { kind: string }) => kind === 'block-address';
    expect(scene.lanes.commands.filter(isBlock)).toEqual([block, block]);
    // One that was connected already is not let in either.
    const right = scene.lanes.publish('key', 1, { remoteAddress: '203.0.113.5' });
    await scene.world.pass(100);
    expect(right.rejection).toBe('NetStream.Publish.Denied');
    expect(live.phase).toBe('accepted');
    const told = scene.relay.refused.newest.map(({ address, reason }) => `${address} ${reason}`);
    expect(told).toEqual(['203.0.113.5 blocked', '203.0.113.5 wrong-key']);
  });
});

describe('the rules of an owner', () => {
  it('keep encoders out that come from elsewhere, and end one that is live', async () => {
    const { streamId, ingest: rules } = scene.addStream('key');
    const ingest = await scene.goLive('key');
    await scene.change(streamId, { ingest: { ...rules, allowedCidrs: ['192.0.2.1/32'] } });
    await checkKeys(streamId);
    await scene.world.pass(50);
    expect(ingest.phase).toBe('accepted');
    await scene.change(streamId, { ingest: { ...rules, allowedCidrs: ['192.0.2.200/32'] } });
    await checkKeys(streamId);
    await scene.world.pass(50);
    expect(ingest.endReason).toBe('not-authorised');
    const again = scene.lanes.publish('key');
    await scene.world.pass(2_000);
    expect(again.rejection).toBe('NetStream.Publish.Denied');
    expect(scene.relay.refused.newest).toMatchObject([{ reason: 'refused' }]);
  });

  it('hold also when no store answers', async () => {
    const { streamId, ingest: rules } = scene.addStream('key');
    await scene.change(streamId, { ingest: { ...rules, allowedCidrs: ['192.0.2.200/32'] } });
    const first = scene.lanes.publish('key');
    await scene.world.pass(2_000);
    expect(first.rejection).toBe('NetStream.Publish.Denied');
    scene.postgres.mood = 'frozen';
    scene.redis.mood = 'frozen';
    const allowed = scene.lanes.publish('key', 0, { remoteAddress: '192.0.2.200' });
    const refused = scene.lanes.publish('key', 0, { remoteAddress: '192.0.2.201' });
    await scene.world.pass(3_000);
    expect([allowed.phase, refused.rejection]).toEqual(['accepted', 'NetStream.Publish.Denied']);
  });

  it('tell the lane how much an encoder may send', async () => {
    const { streamId, ingest: rules } = scene.addStream('key');
    await scene.change(streamId, { ingest: { ...rules, kbpsMax: 6_000 } });
    await scene.goLive('key');
    const grants = scene.lanes.commands.flatMap((one) =>
      one.kind === 'accept-publish' ? [one.grant.limits.kbpsMax] : [],
    );
    expect(grants).toEqual([6_000]);
  });
});
