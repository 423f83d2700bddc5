import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Answer } from '#testing';
import { ForkcastApi } from '#testing';
import { Canaries, placesInDatabase, placesInFolder, placesInRedis } from '../canary.ts';
import type { Place } from '../canary.ts';

/** A destination's key that a test gives is looked for when it begins so. */
export const CANARY = 'canary-';
/** What an answer may show, once. */
interface ShownOnce {
  readonly ingest?: { readonly streamKey?: string; readonly backupStreamKey?: string };
  readonly token?: string;
  readonly secret?: string | null;
  readonly authoriseSecret?: string | null;
  readonly link?: string;
}

/**
 * Knows every secret of one run of the product, hears every answer of its API, and searches what
 * the run leaves: tables, Redis, metrics, logs and files.
 */
export class CanaryWatch {
  readonly canaries = new Canaries();
  readonly #sightings = new Set<string>();

  api(base: string, token: string): ForkcastApi {
    this.canaries.plant('the bootstrap token', token);
    return new WatchedApi(base, token, this);
  }

  /** Looked through at once. */
  heard(places: Iterable<Place>): void {
    for (const sighting of this.canaries.search(places)) this.#sightings.add(sighting);
  }

  /** The secrets that the product made for itself, in the files that are to hold them. */
  async plantOwn(data: string): Promise<void> {
    const own = [
      ['the master key', 'master.key', /[/]master\.key[^/]*$/],
      ['the password of Postgres', 'postgres/password', /[/]postgres[/]password$/],
      ['the password of Redis', 'redis/password', /[/]redis[/](password|redis\.conf)$/],
      ['the TLS key', 'tls/key.pem', /[/]tls[/]key\.pem$/],
    ] as const;
    for (const [name, path, mayStandIn] of own) {
      const text = await readFile(join(data, path), 'utf8').catch(() => '');
      const secret = text.split('\n').find((line) => line.length > 0 && !line.startsWith('-----'));
      if (secret !== undefined) this.canaries.plant(name, secret, mayStandIn);
    }
  }

  /** While the product runs. */
  async searchStores(urls: {
    readonly database: string;
    readonly redis: string;
    readonly metrics: string;
  }): Promise<void> {
    this.heard(await placesInDatabase(urls.database));
    this.heard(await placesInRedis(urls.redis));
    const content = await (await fetch(urls.metrics)).text();
    this.heard([{ name: 'metrics', content }]);
  }

  /** When it has ended. */
  async searchRest(output: string, folder: string): Promise<void> {
    this.heard([{ name: 'log', content: output }]);
    for await (const place of placesInFolder(folder)) this.heard([place]);
  }

  /** Throws with what was seen where. */
  assertUnseen(): void {
    if (this.#sightings.size === 0) return;
    throw new Error(`secrets came out:\n${[...this.#sightings].join('\n')}`);
  }
}

/** Plants what is shown once, and looks through every answer. */
class WatchedApi extends ForkcastApi {
  readonly #watch: CanaryWatch;

  constructor(base: string, token: string, watch: CanaryWatch) {
    super(base, token);
    this.#watch = watch;
  }

  override async request<Body>(method: string, path: string, body?: object): Promise<Answer<Body>> {
    const { canaries } = this.#watch;
    const given = body !== undefined && 'streamKey' in body ? String(body.streamKey) : '';
    if (given.startsWith(CANARY)) canaries.plant(`a destination's key`, given);
    const answer = await super.request<Body>(method, path, body);
    const name = `answer to ${method} ${path}`;
    if (method !== 'GET' && isObject(answer.body)) {
      const here = { test: (place: string) => place === name };
      for (const secret of shownIn(answer.body)) canaries.plant(`what ${name} shows`, secret, here);
    }
    this.#watch.heard([{ name, content: JSON.stringify(answer.body ?? '') }]);
    return answer;
  }
}

function isObject(value: unknown): value is ShownOnce {
  return typeof value === 'object' && value !== null;
}

function shownIn(answer: ShownOnce): readonly string[] {
  const { ingest, token, secret, authoriseSecret, link } = answer;
  const keys = [ingest?.streamKey, ingest?.backupStreamKey];
  // Of a link, the address is no secret.
  const all = [...keys, token, secret, authoriseSecret, link?.split('token=')[1]];
  return all.filter((one) => typeof one === 'string');
}
