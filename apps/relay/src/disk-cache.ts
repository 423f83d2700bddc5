import type { DesiredStream } from '#contracts';
import { CodedError, type Cancel, type Clock, type Timers } from '#kernel';
import type { KeyHolder, KnownKey } from './key-cache.ts';
import {
  ageMs,
  isSamePush,
  KEPT_KEYS_MAX,
  KEPT_MS_MAX,
  keyStaleMsMax,
  packKept,
  unpackKept,
  type KeptBroadcast,
  type KeptKey,
  type KeptPush,
  type KeptStream,
} from './kept-stream.ts';
import type { CacheFile, CacheFiles } from './sealed-files.ts';

/** Streams kept at most; the one that changed the longest ago goes first. */
export const KEPT_STREAMS_MAX = 10_000;
/** What is told again unchanged is written again when what is on the disk is this old. */
export const CONFIRM_AFTER_MS = 60_000;
/** Changes within this time are written together. */
export const GATHER_MS = 300;
/** After a write that failed. */
const WRITE_AGAIN_MS = 5_000;

export interface DiskCachePorts {
  readonly files: CacheFiles;
  readonly clock: Clock;
  readonly timers: Timers;
  /** Never a reason to stop: without the disk the relay knows less at its next start. */
  readonly onTrouble: (what: string, error: unknown) => void;
}

interface Former {
  readonly broadcast: KeptBroadcast;
  /** When its grace period is over. */
  readonly untilWallMs: number;
}

/**
 * What this node must know at its next start though no store answers then: wishes, keys, what its
 * pushes wait for, and which broadcasts were live. Told at once, written a moment later, and waited
 * for by nobody.
 */
export class DiskCache {
  readonly #ports: DiskCachePorts;
  readonly #streams = new Map<string, KeptStream>();
  /** Keys of streams whose wishes are not known yet: one each. */
  readonly #early = new Map<string, KeptKey>();
  /** Broadcasts that the process before this one left, and that may go on. */
  readonly #former = new Map<string, Former>();
  readonly #dirty = new Set<string>();
  /** A former broadcast is over, and whoever keeps history has not been told. */
  #hasOrphans = false;
  #cancelWrite: Cancel | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(ports: DiskCachePorts) {
    this.#ports = ports;
  }

  /** Reads what the process before this one knew. Called once, before anything is kept. */
  async load(): Promise<void> {
    const { files, clock, onTrouble } = this.#ports;
    const wallMs = clock.wallMs();
    try {
      const aliveAtMs = (await files.touchedAtWallMs()) ?? 0;
      const all = await files.readAll((name, error) =>
        onTrouble('a cached stream is not used', new Error(name, { cause: error })),
      );
      for (const file of all) this.#take(file, { wallMs, aliveAtMs });
      await files.touch(wallMs);
    } catch (error) {
      onTrouble('the cache on disk cannot be read', error);
    }
  }

  get isEmpty(): boolean {
    return this.#streams.size === 0;
  }

  get wishes(): readonly DesiredStream[] {
    return [...this.#streams.values()].map(({ desired }) => desired);
  }

  get keys(): readonly KnownKey[] {
    const wallMs = this.#ports.clock.wallMs();
    return [...this.#streams.values()].flatMap((kept) =>
      kept.keys.map(({ hash, keyId, role, expiresAtMs, confirmedAtWallMs }) => ({
        hash,
        holder: { streamId: kept.desired.streamId, keyId, role, expiresAtMs },
        ageMs: ageMs(confirmedAtWallMs, wallMs),
        staleMsMax: keyStaleMsMax(kept),
      })),
    );
  }

  /** Broadcasts that are live, and those before this process that may still go on. */
  get broadcastIds(): readonly string[] {
    return [...this.#streams.values()].flatMap(({ broadcast }) => broadcast?.id ?? []);
  }

  pushOf(streamId: string, destinationId: string): KeptPush | undefined {
    return this.#streams.get(streamId)?.pushes[destinationId];
  }

  /** Since when the stream's broadcast is under way, one that may go on among them. */
  broadcastSinceMs(streamId: string): number | undefined {
    return this.#streams.get(streamId)?.broadcast?.startedAtMs;
  }

  /** The broadcast that an encoder goes on with which comes in time; asked once. */
  takeFormer(streamId: string): KeptBroadcast | undefined {
    const former = this.#former.get(streamId);
    if (former === undefined || this.#ports.clock.wallMs() >= former.untilWallMs) return undefined;
    this.#former.delete(streamId);
    return former.broadcast;
  }

  /** Whether former broadcasts are over, since it was last asked: nobody came back in time. */
  expireFormer(): boolean {
    for (const [streamId, { untilWallMs }] of this.#former) {
      if (this.#ports.clock.wallMs() >= untilWallMs) this.keepBroadcast(streamId, null);
    }
    const hasOrphans = this.#hasOrphans;
    this.#hasOrphans = false;
    return hasOrphans;
  }

  keepWishes(desired: DesiredStream): void {
    const { streamId } = desired;
    if (desired.deleted) {
      this.drop(streamId);
      return;
    }
    const confirmedAtWallMs = this.#ports.clock.wallMs();
    const kept = this.#streams.get(streamId);
    if (kept === undefined) {
      const early = this.#early.get(streamId);
      this.#early.delete(streamId);
      const keys = early === undefined ? [] : [early];
      this.#keep({ version: 1, confirmedAtWallMs, desired, keys, pushes: {}, broadcast: null });
      return;
    }
    const isRecent = confirmedAtWallMs - kept.confirmedAtWallMs < CONFIRM_AFTER_MS;
    if (isRecent && JSON.stringify(desired) === JSON.stringify(kept.desired)) return;
    const ids = new Set(desired.destinations.map(({ id }) => id));
    const pushes = Object.entries(kept.pushes).filter(([id]) => ids.has(id));
    this.#keep({ ...kept, confirmedAtWallMs, desired, pushes: Object.fromEntries(pushes) });
  }

  keepKey(hash: string, { streamId, keyId, role, expiresAtMs = null }: KeyHolder): void {
    const confirmedAtWallMs = this.#ports.clock.wallMs();
    const key: KeptKey = { hash, keyId, role, expiresAtMs, confirmedAtWallMs };
    const kept = this.#streams.get(streamId);
    if (kept === undefined) {
      forgetOldest(this.#early.set(streamId, key));
      return;
    }
    const known = kept.keys.find((one) => one.hash === hash);
    const isRecent =
      known !== undefined && confirmedAtWallMs - known.confirmedAtWallMs < CONFIRM_AFTER_MS;
    if (isRecent && known.role === role && known.expiresAtMs === expiresAtMs) return;
    const others = kept.keys.filter((one) => one !== known);
    this.#keep({ ...kept, keys: [key, ...others].slice(0, KEPT_KEYS_MAX) });
  }

  /** Postgres says that it opens no stream any more. */
  dropKey(hash: string, streamId: string): void {
    if (this.#early.get(streamId)?.hash === hash) this.#early.delete(streamId);
    const kept = this.#streams.get(streamId);
    if (kept === undefined || !kept.keys.some((one) => one.hash === hash)) return;
    this.#keep({ ...kept, keys: kept.keys.filter((one) => one.hash !== hash) });
  }

  keepPush(
    streamId: string,
    destinationId: string,
    { token, memory }: Pick<KeptPush, 'memory' | 'token'>,
  ): void {
    const kept = this.#streams.get(streamId);
    if (kept === undefined) return;
    const push = { token, memory, savedAtWallMs: this.#ports.clock.wallMs() };
    const known = kept.pushes[destinationId];
    if (known === undefined ? memory === null : isSamePush(known, push)) return;
    this.#keep({ ...kept, pushes: { ...kept.pushes, [destinationId]: push } });
  }

  keepBroadcast(streamId: string, broadcast: KeptBroadcast | null): void {
    if (this.#former.delete(streamId)) this.#hasOrphans = true;
    const kept = this.#streams.get(streamId);
    if (kept !== undefined) this.#keep({ ...kept, broadcast });
  }

  /** The stream was deleted. */
  drop(streamId: string): void {
    this.#early.delete(streamId);
    if (!this.#streams.delete(streamId)) return;
    if (this.#former.delete(streamId)) this.#hasOrphans = true;
    this.#markDirty(streamId);
  }

  /** Notes that the process lives: a broadcast's grace is counted from the last time. */
  noteAlive(): void {
    const { files, clock, onTrouble } = this.#ports;
    files
      .touch(clock.wallMs())
      .catch((error: unknown) => onTrouble('the cache on disk cannot be written', error));
  }

  /** Writes what is not written yet, once. Never rejects. */
  async flush(): Promise<void> {
    this.#cancelWrite?.();
    this.#cancelWrite = undefined;
    this.#writing = this.#writing.then(() => this.#writeDirty());
    await this.#writing;
  }

  #take({ name, bytes }: CacheFile, at: { readonly wallMs: number; readonly aliveAtMs: number }) {
    let kept: KeptStream;
    try {
      kept = unpackKept(bytes);
    } catch (error) {
      this.#ports.onTrouble('a cached stream is not used', new Error(name, { cause: error }));
      return;
    }
    if (ageMs(kept.confirmedAtWallMs, at.wallMs) > KEPT_MS_MAX) {
      this.#markDirty(name);
      return;
    }
    this.#streams.set(name, kept);
    const { broadcast, desired } = kept;
    if (broadcast === null) return;
    const untilWallMs = at.aliveAtMs + desired.graceSeconds * 1_000;
    this.#former.set(name, { broadcast, untilWallMs });
  }

  #keep(kept: KeptStream): void {
    const { streamId } = kept.desired;
    this.#streams.delete(streamId);
    this.#streams.set(streamId, kept);
    this.#markDirty(streamId);
    const oldest = this.#streams.keys().next();
    if (this.#streams.size > KEPT_STREAMS_MAX && !oldest.done) this.drop(oldest.value);
  }

  #markDirty(streamId: string): void {
    this.#dirty.add(streamId);
    this.#writeIn(GATHER_MS);
  }

  #writeIn(delayMs: number): void {
    this.#cancelWrite ??= this.#ports.timers.after(delayMs, () => {
      this.#cancelWrite = undefined;
      void this.flush();
    });
  }

  async #writeDirty(): Promise<void> {
    const dirty = [...this.#dirty];
    this.#dirty.clear();
    for (const streamId of dirty) {
      try {
        await this.#write(streamId);
      } catch (error) {
        this.#ports.onTrouble('the cache on disk cannot be written', error);
        const isTooLarge = error instanceof CodedError && error.code === 'CACHE_FILE_TOO_LARGE';
        if (!isTooLarge) this.#dirty.add(streamId);
      }
    }
    if (this.#dirty.size > 0) this.#writeIn(WRITE_AGAIN_MS);
  }

  #write(streamId: string): Promise<void> {
    const kept = this.#streams.get(streamId);
    const { files } = this.#ports;
    return kept === undefined ? files.remove(streamId) : files.write(streamId, packKept(kept));
  }
}

function forgetOldest(map: Map<string, unknown>): void {
  const oldest = map.keys().next();
  if (map.size > KEPT_STREAMS_MAX && !oldest.done) map.delete(oldest.value);
}
