import { setImmediate as turn } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { CodedError } from '#kernel';
import { createRingMemory, RingWriter } from '#ring';
import type { Broadcast } from './broadcast.ts';
import { CODED_SLATE, FakeSlates, SLATE_HEADERS, SLATE_SHA256 } from './fake-slates.fixture.ts';
import { SlateDesk } from './slate-desk.ts';

let fakes: FakeSlates;
let desk: SlateDesk;
let reasons: string[];

beforeEach(() => {
  fakes = new FakeSlates();
  desk = new SlateDesk(fakes);
  reasons = [];
});

function broadcastOf(headers: Parameters<RingWriter['setHeaders']>[0] = SLATE_HEADERS): Broadcast {
  const ring = createRingMemory();
  new RingWriter(ring).setHeaders(headers);
  const ids = { id: 'b', streamId: 's', workspaceId: 'w' };
  return { ...ids, streamName: 'Show', startedAtMs: 0, ring };
}

async function prepare(broadcast: Broadcast, sha256: string | null = SLATE_SHA256): Promise<void> {
  desk.prepare(broadcast, sha256, (reason) => reasons.push(reason));
  await turn();
}

describe('a slate', () => {
  it('is coded once for each picture and set of parameters', async () => {
    const broadcast = broadcastOf();
    desk.prepare(broadcast, SLATE_SHA256, (reason) => reasons.push(reason));
    expect(desk.of(broadcast)).toBeNull();
    await turn();
    expect(desk.of(broadcast)).toEqual(CODED_SLATE);
    await prepare(broadcast);
    expect(fakes.renders).toBe(1);
    fakes.sha256 = 'another';
    await prepare(broadcast, 'another');
    expect(fakes.renders).toBe(2);
    expect(reasons).toEqual([]);
  });

  it('is found on the disk by the next process, and by the next broadcast', async () => {
    await prepare(broadcastOf());
    desk = new SlateDesk(fakes);
    fakes.isPostgresAway = true;
    const next = { ...broadcastOf(), id: 'next' };
    await prepare(next);
    expect(desk.of(next)).toEqual(CODED_SLATE);
    expect(fakes.renders).toBe(1);
  });

  it('that the disk has cut short is coded anew', async () => {
    await prepare(broadcastOf());
    for (const name of fakes.kept.keys()) fakes.kept.set(name, CODED_SLATE.subarray(0, 30));
    const next = { ...broadcastOf(), id: 'next' };
    await prepare(next);
    expect(desk.of(next)).toEqual(CODED_SLATE);
    expect(fakes.renders).toBe(2);
  });

  it('is there though the disk is not', async () => {
    fakes.isDiskBroken = true;
    const broadcast = broadcastOf();
    await prepare(broadcast);
    expect(desk.of(broadcast)).toEqual(CODED_SLATE);
    expect(fakes.troubles.length).toBe(2);
  });

  it('is taken away, and goes with its broadcast', async () => {
    const broadcast = broadcastOf();
    await prepare(broadcast);
    await prepare(broadcast, null);
    expect(desk.of(broadcast)).toBeNull();
    await prepare(broadcast);
    desk.forget(broadcast);
    expect(desk.of(broadcast)).toBeNull();
  });

  it('that was replaced meanwhile is not shown', async () => {
    fakes.sha256 = 'newer';
    const broadcast = broadcastOf();
    await prepare(broadcast);
    expect(desk.of(broadcast)).toBeNull();
    expect(fakes.renders).toBe(0);
  });

  it('is asked for again after Postgres was away', async () => {
    fakes.isPostgresAway = true;
    const broadcast = broadcastOf();
    await prepare(broadcast);
    expect(desk.of(broadcast)).toBeNull();
    expect(reasons).toEqual([]);
    fakes.isPostgresAway = false;
    await prepare(broadcast);
    expect(desk.of(broadcast)).toEqual(CODED_SLATE);
  });
});

describe('a slate that cannot be', () => {
  it('is told once: the stream is not H.264', async () => {
    const hevc = { typeId: 9, body: Buffer.from('906876633101', 'hex') };
    const broadcast = broadcastOf([hevc]);
    await prepare(broadcast);
    await prepare(broadcast);
    expect(reasons).toEqual(['the stream is not H.264']);
    expect(fakes.renders).toBe(0);
  });

  it('is told once: there is no helper', async () => {
    fakes.fault = new CodedError('SLATE_HELPER_MISSING', 'ffmpeg cannot be started');
    const broadcast = broadcastOf();
    await prepare(broadcast);
    await prepare(broadcast);
    expect(reasons).toEqual(['ffmpeg cannot be started']);
    expect(desk.of(broadcast)).toBeNull();
  });

  it('is told: what the helper made does not match', async () => {
    fakes.coded = CODED_SLATE.subarray(0, 30);
    const broadcast = broadcastOf();
    await prepare(broadcast);
    expect(reasons).toEqual(['its picture is not of one slice']);
    expect(desk.of(broadcast)).toBeNull();
    expect(fakes.kept.size).toBe(0);
  });
});
