import type { DesiredStream } from '#contracts';
import { sentenceOf } from '#kernel';
import type { Ownership } from '#live';
import type { InputRole } from '#relay-core';
import type { DesiredStates } from './desired-states.ts';
import type { KeyCache } from './key-cache.ts';

export interface Refusal {
  readonly admitted: false;
  readonly code: 'NetStream.Publish.Denied' | 'NetStream.Publish.BadName';
  /** For the encoder's user. */
  readonly description: string;
  /** For the log. */
  readonly cause: string;
}

export interface Admitted {
  readonly admitted: true;
  readonly desired: DesiredStream;
  /** The input that the key opens. */
  readonly role: InputRole;
}

export type Admission = Admitted | Refusal;

export interface GatePorts {
  readonly keys: KeyCache;
  readonly desired: DesiredStates;
  readonly ownership: Pick<Ownership, 'claimStream'>;
  readonly nodeId: string;
}

/**
 * Who may publish: the key must belong to a stream, and no other node may have that stream live.
 * What Postgres said last is enough while it is away; Redis is asked, and not waited for.
 */
export class IngestGate {
  readonly #ports: GatePorts;

  constructor(ports: GatePorts) {
    this.#ports = ports;
  }

  async admit(keyHash: string): Promise<Admission> {
    const { keys, desired: states } = this.#ports;
    let desired: DesiredStream | undefined;
    let role: InputRole = 'primary';
    try {
      const holder = await keys.holderOf(keyHash);
      if (holder !== undefined) {
        role = holder.role;
        desired = await states.loadOrRecall(holder.streamId);
      }
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
    return this.#claim(desired, role);
  }

  async #claim(desired: DesiredStream, role: InputRole): Promise<Admission> {
    const { ownership, nodeId } = this.#ports;
    try {
      const claim = await ownership.claimStream(desired.streamId, nodeId);
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
    return { admitted: true, desired, role };
  }

  /**
   * Whether a key that let an encoder in still belongs to the stream. An answer keeps the key known
   * for a time in which Postgres is away; without an answer it counts as valid.
   */
  async isStillValid(keyHash: string, streamId: string): Promise<boolean> {
    try {
      const holder = await this.#ports.keys.holderOf(keyHash);
      return holder?.streamId === streamId;
    } catch {
      return true;
    }
  }
}
