import type { RedisLink } from './redis-link.ts';

export interface RedisMemory {
  readonly usedBytes: number;
  /** What it is allowed; null: as much as there is. */
  readonly maxBytes: number | null;
}

/** What Redis says of its own memory. */
export async function readMemory(link: RedisLink): Promise<RedisMemory> {
  const said = await link.call((redis) => redis.info('memory'));
  const read = (name: string): number =>
    Number(new RegExp(String.raw`^${name}:(\d+)`, 'm').exec(said)?.[1] ?? 0);
  return { usedBytes: read('used_memory'), maxBytes: read('maxmemory') || null };
}
