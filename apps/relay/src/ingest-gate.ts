import type { DesiredStream } from '#contracts';
import { sentenceOf } from '#kernel';
import type { Live } from '#live';
import type { KeyCache } from './key-cache.ts';

export type Admission =
  | { readonly admitted: true; readonly desired: DesiredStream }
  | {
      readonly admitted: false;
      readonly code: 'NetStream.Publish.Denied' | 'NetStream.Publish.BadName';
      /** For the encoder's user. */
      readonly description: string;
      /** For the log. */
      readonly cause: string;
    };

export interface GatePorts {
  readonly keys: KeyCache;
  readonly live: Live;
  readonly nodeId: string;
  /** Rejects when Postgres is away. */
  loadDesired(streamId: string): Promise<DesiredStream | undefined>;
}

/** Streams whose last known wishes are kept for a publish while Postgres is away. */
const REMEMBERED_STREAMS_MAX = 10_000;

/**
 * Who may publish: the key must belong to a stream, and no other node may have that stream live.
 * What Postgres said last is enough while it is away; Redis is asked, and not waited for.
 */
export class IngestGate {
  readonly #ports: GatePorts;
  readonly #remembered = new Map<string, DesiredStream>();

  constructor(ports: GatePorts) {
    this.#ports = ports;
  }

  async admit(keyHash: string): Promise<Admission> {
    let desired: DesiredStream | undefined;
    try {
      const holder = await this.#ports.keys.holderOf(keyHash);
      desired = holder === undefined ? undefined : await this.#desiredOf(holder.streamId);
    } catch (error) {
      return {
        admitted: false,
        code: 'NetStream.Publish.Denied',
        description: 'The stream key cannot be checked at this moment. Try again.',
        cause: sentenceOf(error),
      };
    }
    if (desired === undefined || desired.deleted) {
      return {
        admitted: false,
        code: 'NetStream.Publish.Denied',
        description: 'This stream key is not known. Copy it again from the stream’s page.',
        cause: 'unknown stream key',
      };
    }
    return this.#claim(desired);
  }

  async #claim(desired: DesiredStream): Promise<Admission> {
    try {
      const claim = await this.#ports.live.ownership.claimStream(
        desired.streamId,
        this.#ports.nodeId,
      );
      if (!claim.granted) {
        return {
          admitted: false,
          code: 'NetStream.Publish.BadName',
          description: 'This stream is live on another node.',
          cause: `live on node ${claim.owner}`,
        };
      }
    } catch {
      // Redis is away: nobody else can claim the stream now either.
    }
    return { admitted: true, desired };
  }

  async #desiredOf(streamId: string): Promise<DesiredStream | undefined> {
    try {
      const desired = await this.#ports.loadDesired(streamId);
      this.#remembered.delete(streamId);
      if (desired !== undefined) this.#remembered.set(streamId, desired);
      const oldest = this.#remembered.keys().next();
      if (this.#remembered.size > REMEMBERED_STREAMS_MAX && !oldest.done) {
        this.#remembered.delete(oldest.value);
      }
      return desired;
    } catch (error) {
      const remembered = this.#remembered.get(streamId);
      if (remembered === undefined) throw error;
      return remembered;
    }
  }
}
