import { afterEach, describe, expect, it } from 'vitest';
import { Secret } from '#kernel';
import { createRingMemory } from '#ring';
import { newSigningKey, readPublishLink, signPublishLink } from '#vault';
import { LaneUnderTest } from './lane.fixture.ts';

const opened: LaneUnderTest[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((under) => under.close()));
});

async function start(): Promise<LaneUnderTest> {
  const under = await LaneUnderTest.start();
  opened.push(under);
  return under;
}

describe('a publish', () => {
  it('with a link is asked for with what the link says, and not with the link', async () => {
    const under = await start();
    const { reports } = under;
    const streamId = '0190f0c0-0000-7000-8000-00000000002a';
    const about = { streamId, expiresAtS: 1_900_000_000, once: true, input: 'backup' } as const;
    const name = signPublishLink(newSigningKey(), about).reveal();
    under.encoder({ streamKey: name });
    const { request } = await reports.next('publish-requested');
    expect(request.credential).toEqual({ kind: 'link', link: readPublishLink(new Secret(name)) });
    expect(JSON.stringify(reports.all)).not.toContain(name.slice(0, 40));
  });

  it('with any other name is asked for with a key', async () => {
    const under = await start();
    under.encoder({ streamKey: 'fcl_no-link' });
    const { request } = await under.reports.next('publish-requested');
    expect(request.credential).toEqual({ kind: 'key' });
  });

  it('that is refused late hears nothing before', async () => {
    const under = await start();
    const { lane, reports, time } = under;
    const one = under.encoder();
    const { ingestId } = (await reports.next('publish-requested')).request;
    const code = 'NetStream.Publish.Denied';
    const before = time.waiting;
    lane.onCommand({ kind: 'reject-publish', ingestId, code, description: 'no', delayMs: 700 });
    expect(time.waiting).toBe(before + 1);
    time.advance(699);
    expect(reports.of('ingest-ended')).toEqual([]);
    time.advance(1);
    expect(await one.rejected.promise).toMatchObject({ code, description: 'no' });
  });
});

describe('an encoder', () => {
  it('that sends more than it may is ended, and nothing of that is written', async () => {
    const under = await start();
    const { lane, reports } = under;
    const one = under.encoder();
    const { ingestId } = (await reports.next('publish-requested')).request;
    const limits = { kbpsMax: 80, burstMs: 1_000 };
    const grant = { ring: createRingMemory(), ringId: 'broadcast', pen: 'now', limits } as const;
    lane.onCommand({ kind: 'accept-publish', ingestId, grant });
    await one.publishing.promise;
    // Ten kilobytes may come at once.
    one.video(0, Buffer.alloc(12_000, 0x17));
    expect(await reports.next('ingest-ended')).toMatchObject({ reason: 'bitrate-exceeded' });
    expect(await one.ended.promise).toBeDefined();
    expect(reports.of('ingest-joinable')).toEqual([]);
  });

  it('that sends messages of nothing is ended as soon as by its bytes', async () => {
    const under = await start();
    const { lane, reports } = under;
    const one = under.encoder();
    const { ingestId } = (await reports.next('publish-requested')).request;
    const limits = { kbpsMax: 80, burstMs: 1_000 };
    const grant = { ring: createRingMemory(), ringId: 'broadcast', pen: 'now', limits } as const;
    lane.onCommand({ kind: 'accept-publish', ingestId, grant });
    await one.publishing.promise;
    // A header, and then one byte for each further message of no bytes.
    const first = Buffer.from('060000000000000901000000', 'hex');
    one.socket.write(Buffer.concat([first, Buffer.alloc(200, 0xc6)]));
    expect(await reports.next('ingest-ended')).toMatchObject({
      reason: 'bitrate-exceeded',
      detail: 'in very small messages',
    });
  });

  it('of a blocked address is not answered; one that publishes from there goes on', async () => {
    const under = await start();
    const { lane, reports } = under;
    const { ingestId } = await under.publish(under.encoder());
    lane.onCommand({ kind: 'block-address', address: '127.0.0.1', forMs: 60_000 });
    expect(await under.encoder().ended.promise).toBe('reset');
    expect(reports.of('publish-requested')).toHaveLength(1);
    lane.onCommand({ kind: 'probe-ingest', ingestId, probeId: 1 });
    expect(reports.of('ingest-silence')[0]?.silentMs).toBeLessThan(Infinity);
    under.time.advance(60_000);
    under.encoder();
    expect((await reports.next('publish-requested', 1)).request.remoteAddress).toBe('127.0.0.1');
  });
});
