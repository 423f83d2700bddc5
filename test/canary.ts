import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { Client } from 'pg';

/** A secret cut short is one still: so many characters of either end are looked for. */
const PART_CHARS = 16;
/** Anything shorter may stand somewhere by chance. */
const SECRET_CHARS_MIN = 12;
const ANSWER_WITHIN_MS = 10_000;
const KEYS_AT_ONCE = 500;

/** A place that was searched: a log, a table, a file. Its name goes into the test's failure. */
export interface Place {
  readonly name: string;
  readonly content: string | Buffer;
}

interface Canary {
  readonly name: string;
  readonly needles: readonly Buffer[];
  readonly mayStandIn: PlaceTest | undefined;
}

/** An expression, or anything else that knows a place by its name. */
interface PlaceTest {
  test(place: string): boolean;
}

/**
 * Secrets that were put into the product, and the search for them in all that comes out of it. They
 * are looked for as they are, cut short at either end, and as base64, hex and in a URL.
 */
export class Canaries {
  readonly #canaries = new Map<string, Canary>();

  /** `name` stands in for the secret in a failure. `mayStandIn`: places that are to hold it. */
  plant(name: string, secret: string, mayStandIn?: PlaceTest): string {
    if (secret.length < SECRET_CHARS_MIN) {
      throw new Error(`${name} is too short to be told from chance`);
    }
    if (!this.#canaries.has(secret)) {
      this.#canaries.set(secret, { name, needles: needlesOf(secret), mayStandIn });
    }
    return secret;
  }

  get size(): number {
    return this.#canaries.size;
  }

  /** Each sighting as `what in where`; none is what a test wants. */
  search(places: Iterable<Place>): readonly string[] {
    const seen: string[] = [];
    for (const { name: place, content } of places) {
      const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
      for (const { name, needles, mayStandIn } of this.#canaries.values()) {
        if (mayStandIn?.test(place) === true) continue;
        if (needles.some((needle) => bytes.includes(needle))) seen.push(`${name} in ${place}`);
      }
    }
    return seen;
  }
}

/** Every row of every table, as JSON. */
export async function placesInDatabase(url: string): Promise<readonly Place[]> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: ANSWER_WITHIN_MS,
    query_timeout: ANSWER_WITHIN_MS,
  });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      `SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) AS name
       FROM information_schema.tables
       WHERE table_type = 'BASE TABLE'
         AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
    );
    const places: Place[] = [];
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ row: string }>(
        `SELECT row_to_json(one)::text AS row FROM ${name} AS one`,
      );
      places.push({ name: `table ${name}`, content: rows.map(({ row }) => row).join('\n') });
    }
    return places;
  } finally {
    await client.end();
  }
}

/** Every key of Redis, jobs and streams of events among them, and its value. */
export async function placesInRedis(url: string): Promise<readonly Place[]> {
  const redis = new Redis(url, { commandTimeout: ANSWER_WITHIN_MS, maxRetriesPerRequest: 0 });
  try {
    const places: Place[] = [];
    let cursor = '0';
    do {
      const [next, keys] = await redis.scan(cursor, 'COUNT', KEYS_AT_ONCE);
      cursor = next;
      for (const key of keys) {
        places.push({ name: `Redis key ${key}`, content: `${key}\n${await valueOf(redis, key)}` });
      }
    } while (cursor !== '0');
    return places;
  } finally {
    redis.disconnect();
  }
}

async function valueOf(redis: Redis, key: string): Promise<string> {
  switch (await redis.type(key)) {
    case 'string':
      return (await redis.get(key)) ?? '';
    case 'hash':
      return JSON.stringify(await redis.hgetall(key));
    case 'list':
      return JSON.stringify(await redis.lrange(key, 0, -1));
    case 'set':
      return JSON.stringify(await redis.smembers(key));
    case 'zset':
      return JSON.stringify(await redis.zrange(key, 0, '-1'));
    case 'stream':
      return JSON.stringify(await redis.xrange(key, '-', '+'));
    default:
      // It ran out between two questions.
      return '';
  }
}

/** Every file below the folder, one at a time; one that goes meanwhile is passed over. */
export async function* placesInFolder(folder: string): AsyncGenerator<Place> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const content = await readFile(path).catch(() => undefined);
    if (content !== undefined) yield { name: `file ${path}`, content };
  }
}

function needlesOf(secret: string): readonly Buffer[] {
  const texts = new Set([
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    secret.slice(0, PART_CHARS),
    secret.slice(-PART_CHARS),
    Buffer.from(secret, 'utf8').toString('hex'),
    ...base64Cores(secret),
  ]);
  return [...texts]
    .filter((text) => text.length >= SECRET_CHARS_MIN)
    .map((text) => Buffer.from(text));
}

/** Base64 depends on where in a text the secret begins: what is the same in each of three cases. */
function base64Cores(secret: string): readonly string[] {
  const bytes = Buffer.from(secret, 'utf8');
  return [0, 1, 2].flatMap((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    const core = encoded.slice(before === 0 ? 0 : 4, -4);
    return [core, core.replaceAll('+', '-').replaceAll('/', '_')];
  });
}
