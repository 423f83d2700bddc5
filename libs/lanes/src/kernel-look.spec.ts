import { KernelQueues, type SocketStanding } from '#outbound';
import { FakeTime } from '#testing';
import { describe, expect, it } from 'vitest';
import { KernelLook } from './kernel-look.ts';

/** Each connection from that local port has 4,096 unconfirmed bytes. */
const TABLE = '   0: 0100007F:8000 0100007F:078F 01 00001000:00000000 00:00000000 00000000';
const STANDING: SocketStanding = { localPort: 0x8000, remotePort: 1935, handedBytes: 10_000 };

class Attempt {
  readonly told: [number, number][] = [];
  readonly doubtful: SocketStanding | undefined;

  constructor(doubtful: SocketStanding | undefined) {
    this.doubtful = doubtful;
  }

  confirmed(handedBytes: number, unconfirmedBytes: number): void {
    this.told.push([handedBytes, unconfirmedBytes]);
  }
}

function looking(tookMs = 0) {
  const time = new FakeTime();
  const reads = { count: 0 };
  const read = async () => {
    reads.count += 1;
    time.advance(tookMs);
    return new KernelQueues([TABLE]);
  };
  return { time, reads, look: new KernelLook(time, read) };
}

describe('a look into the kernel', () => {
  it('tells what is not confirmed of those in doubt, and of no other', async () => {
    const { look } = looking();
    const doubted = new Attempt(STANDING);
    const others = [new Attempt(undefined), new Attempt({ ...STANDING, localPort: 1 })];
    await look.look([doubted, ...others]);
    expect(doubted.told).toEqual([[10_000, 4_096]]);
    expect(others.map(({ told }) => told)).toEqual([[], []]);
  });

  it('costs nothing while there is no doubt', async () => {
    const { look, reads } = looking();
    await look.look([new Attempt(undefined)]);
    expect(reads.count).toBe(0);
  });

  it('is not taken beside another, and is quiet for twenty times as long as it took', async () => {
    const { look, reads, time } = looking(100);
    const doubted = new Attempt(STANDING);
    await Promise.all([look.look([doubted]), look.look([doubted])]);
    expect(reads.count).toBe(1);
    time.advance(1_999);
    await look.look([doubted]);
    expect(reads.count).toBe(1);
    time.advance(1);
    await look.look([doubted]);
    expect(reads.count).toBe(2);
  });

  it('is quiet for two seconds at most, however long it waited for its turn', async () => {
    const { look, reads, time } = looking(1_000);
    const doubted = new Attempt(STANDING);
    await look.look([doubted]);
    time.advance(1_999);
    await look.look([doubted]);
    expect(reads.count).toBe(1);
    time.advance(1);
    await look.look([doubted]);
    expect(reads.count).toBe(2);
  });

  it('says nothing where the system has no such tables', async () => {
    const doubted = new Attempt(STANDING);
    await new KernelLook(new FakeTime(), () => Promise.resolve(undefined)).look([doubted]);
    expect(doubted.told).toEqual([]);
  });
});
