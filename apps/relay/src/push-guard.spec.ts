import { beforeEach, describe, expect, it } from 'vitest';
import { CALL_DEADLINE_MS, OWNERSHIP_TTL_MS } from '#live';
import { FakeRedis } from './fake-stores.fixture.ts';
import { PushGuard } from './push-guard.ts';
import { AWAY_FOR_MS, StoreStanding } from './store-standing.ts';
import { World } from './world.fixture.ts';

const MEMORY = {
  attempt: 2,
  failureClass: null,
  nextRetryAtWallMs: null,
  ghostUntilWallMs: null,
  target: 'main' as const,
};

function scene() {
  const world = new World();
  const redis = new FakeRedis(world);
  const standing = new StoreStanding(world, world);
  const guard = new PushGuard(redis.live, 'here', world, { standing });
  return { world, redis, guard };
}

let here: ReturnType<typeof scene>;

beforeEach(() => {
  here = scene();
});

describe('a push that wants to dial', () => {
  it('may, where the stream is free or ours', async () => {
    const { guard, redis } = here;
    expect(await guard.permit('s', 'd')).toEqual({ granted: true });
    expect(redis.owners.get('s')).toBe('here');
    expect(redis.tokens.get('d')).toBe(1);
  });

  it('may not, where another node has the stream', async () => {
    const { guard, redis } = here;
    redis.owners.set('s', 'there');
    expect(await guard.permit('s', 'd')).toEqual({ granted: false, owner: 'there' });
    expect(redis.tokens.has('d')).toBe(false);
  });

  it('may while Redis is away: media waits for no store', async () => {
    const { guard, redis, world } = here;
    redis.mood = 'away';
    expect(await guard.permit('s', 'd')).toEqual({ granted: true });
    await world.pass(2 * OWNERSHIP_TTL_MS);
    expect(await guard.permit('s', 'd')).toEqual({ granted: true });
  });

  it('may not while Redis is away, where another node was seen to have the stream', async () => {
    const { guard, redis } = here;
    redis.owners.set('s', 'there');
    await guard.claimStream('s');
    redis.mood = 'away';
    expect(await guard.permit('s', 'd')).toEqual({ granted: false, owner: 'there' });
    expect(await guard.claimStream('s')).toEqual({ granted: false, owner: 'there' });
    redis.mood = 'there';
    redis.owners.delete('s');
    expect(await guard.permit('s', 'd')).toEqual({ granted: true });
  });

  it('asks again when the answer came after the lease had ended', async () => {
    const { redis, world } = here;
    let asked = 0;
    const { live } = redis;
    const late = {
      ...live,
      fencing: {
        permit: async (request: Parameters<typeof live.fencing.permit>[0]) => {
          asked += 1;
          const answer = await live.fencing.permit(request);
          if (asked === 1) {
            await world.rejectAfter(OWNERSHIP_TTL_MS).catch(() => undefined);
            redis.owners.set('s', 'there');
          }
          return answer;
        },
      },
    };
    const permit = new PushGuard(late, 'here', world).permit('s', 'd');
    await world.pass(OWNERSHIP_TTL_MS);
    expect(await permit).toEqual({ granted: false, owner: 'there' });
    expect(asked).toBe(2);
  });
});

describe('a Redis that did not answer just now', () => {
  it('is not waited for where the disk knows, for five seconds', async () => {
    const { guard, redis, world } = here;
    redis.mood = 'frozen';
    const asked = guard.recall('s', 'd');
    await world.pass(CALL_DEADLINE_MS);
    expect(await asked).toBeNull();
    redis.mood = 'there';
    redis.pushes.set('d', { ...MEMORY, token: 7, savedAtWallMs: 0 });
    expect(await guard.recall('s', 'd')).toBeNull();
    await world.pass(AWAY_FOR_MS);
    expect(await guard.recall('s', 'd')).toEqual(MEMORY);
  });

  it('is heard as soon as anybody has an answer', async () => {
    const { guard, redis } = here;
    redis.pushes.set('d', { ...MEMORY, token: 7, savedAtWallMs: 0 });
    redis.mood = 'away';
    expect(await guard.recall('s', 'd')).toBeNull();
    redis.mood = 'there';
    await guard.claimStream('s');
    expect(await guard.recall('s', 'd')).toEqual(MEMORY);
  });

  it('is asked all the same whether a push may dial', async () => {
    const { guard, redis } = here;
    redis.mood = 'away';
    expect(await guard.permit('s', 'd')).toEqual({ granted: true });
    redis.mood = 'there';
    redis.owners.set('s', 'there');
    expect(await guard.permit('s', 'd')).toEqual({ granted: false, owner: 'there' });
  });
});

describe('what a push remembers', () => {
  it('is written with the newest token, also of one that a relay before left', async () => {
    const { guard, redis } = here;
    redis.tokens.set('d', 7);
    redis.pushes.set('d', { ...MEMORY, token: 7, savedAtWallMs: 0 });
    expect(await guard.recall('s', 'd')).toEqual(MEMORY);
    guard.remember('s', 'd', { ...MEMORY, attempt: 3 });
    expect(redis.pushes.get('d')).toMatchObject({ attempt: 3, token: 7 });
    await guard.permit('s', 'd');
    guard.remember('s', 'd', MEMORY);
    expect(redis.pushes.get('d')).toMatchObject({ attempt: 2, token: 8 });
  });

  it('is on the disk too: the newer of the two counts', async () => {
    const { redis, world } = here;
    const kept = { token: 7, savedAtWallMs: 10, memory: { ...MEMORY, attempt: 5 } };
    const keeper = { pushOf: () => kept, keepPush: () => undefined };
    const guard = new PushGuard(redis.live, 'here', world, { keeper });
    expect(await guard.recall('s', 'd')).toEqual(kept.memory);
    redis.pushes.set('d', { ...MEMORY, token: 7, savedAtWallMs: 9 });
    expect(await guard.recall('s', 'd')).toEqual(kept.memory);
    redis.pushes.set('d', { ...MEMORY, token: 7, savedAtWallMs: 11 });
    expect(await guard.recall('s', 'd')).toEqual(MEMORY);
    redis.pushes.set('d', { ...MEMORY, token: 8, savedAtWallMs: 1 });
    expect(await guard.recall('s', 'd')).toEqual(MEMORY);
    redis.pushes.set('d', { ...MEMORY, token: 6, savedAtWallMs: 99 });
    expect(await guard.recall('s', 'd')).toEqual(kept.memory);
  });

  it('is not written over what a node with a newer token has left', async () => {
    const { guard, redis } = here;
    await guard.permit('s', 'd');
    redis.tokens.set('d', 9);
    redis.pushes.set('d', { ...MEMORY, token: 9, savedAtWallMs: 0 });
    guard.remember('s', 'd', { ...MEMORY, attempt: 5 });
    guard.remember('s', 'd', null);
    expect(redis.pushes.get('d')).toEqual({ ...MEMORY, token: 9, savedAtWallMs: 0 });
  });
});

describe('a claim', () => {
  it('fails while Redis is away, for whoever wants to know', async () => {
    here.redis.mood = 'away';
    await expect(here.guard.claimStream('s')).rejects.toThrow('Redis is away');
  });

  it('that was given back lets another node have the stream', async () => {
    const { guard, redis } = here;
    await guard.claimStream('s');
    await guard.releaseStream('s');
    expect(redis.owners.has('s')).toBe(false);
  });
});
