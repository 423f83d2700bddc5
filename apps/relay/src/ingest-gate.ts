import type { DesiredStream } from '#contracts';
import { sentenceOf } from '#kernel';
import type { PublishRequest } from '#lanes';
import type { Ownership } from '#live';
import type { InputRole } from '#relay-core';
import type { PublishLink } from '#vault';
import type { DesiredStates } from './desired-states.ts';
import type { FailedKeys } from './failed-keys.ts';
import type { KeyCache } from './key-cache.ts';
import type { Objection, PublishRules } from './publish-rules.ts';
import type { RefusalReason } from './refused-publishes.ts';

export interface Refusal {
  readonly admitted: false;
  readonly code: 'NetStream.Publish.Denied' | 'NetStream.Publish.BadName';
  /** For the encoder's user. */
  readonly description: string;
  /** For the log. */
  readonly cause: string;
  /** `refused` where it is left out. */
  readonly reason?: RefusalReason;
  /** How long the answer waits; at once without. */
  readonly delayMs?: number;
  /** Nothing from its address is taken for so long; without: it is. */
  readonly blockMs?: number;
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
  readonly failedKeys: FailedKeys;
  readonly rules: PublishRules;
}

interface Opened {
  readonly desired: DesiredStream;
  readonly role: InputRole;
}

/** One sentence for a key that never was, one that was revoked, and one of a deleted stream. */
const UNKNOWN_KEY: Objection = {
  description: 'This stream key is not known. Copy it again from the stream’s page.',
  cause: 'unknown stream key',
  isGuess: true,
};

/**
 * Who may publish: the key must belong to a stream, its owner's rules must allow it, and no other
 * node may have that stream live. What Postgres said last is enough while it is away; Redis is
 * asked, and not waited for.
 */
export class IngestGate {
  readonly #ports: GatePorts;

  constructor(ports: GatePorts) {
    this.#ports = ports;
  }

  async admit(request: PublishRequest): Promise<Admission> {
    const { failedKeys, rules } = this.#ports;
    if (failedKeys.isBlocked(request.remoteAddress)) {
      const description = 'Too many stream keys were tried from here. Wait a minute.';
      return { ...denied(description, 'too many tries'), reason: 'blocked' };
    }
    let opened: Opened | Objection;
    try {
      opened = await this.#open(request);
    } catch (error) {
      const description = 'The stream key cannot be checked at this moment. Try again.';
      return denied(description, sentenceOf(error));
    }
    if ('isGuess' in opened) return this.#object(request, opened);
    const objection = await rules.objection(opened.desired, request, opened.role);
    if (objection !== undefined) return this.#object(request, objection);
    failedKeys.succeeded(request.remoteAddress);
    return this.#claim(opened);
  }

  /**
   * Why what let an encoder in does so no more; undefined while it does. An answer keeps a key
   * known for a time in which Postgres is away; without an answer it counts as valid.
   */
  async whyInvalid(
    request: PublishRequest,
    streamId: string,
  ): Promise<'key-revoked' | 'not-authorised' | undefined> {
    const { keys, desired: states, rules } = this.#ports;
    try {
      if (request.credential.kind === 'key') {
        const holder = await keys.holderOf(request.keyHash);
        if (holder?.streamId !== streamId) return 'key-revoked';
      }
      const desired = states.known(streamId);
      if (desired === undefined) return undefined;
      const objection = rules.standingObjection(desired, request);
      return objection === undefined ? undefined : 'not-authorised';
    } catch {
      return undefined;
    }
  }

  /** Whether the time of its key is over, as far as is known without asking anybody. */
  hasExpired({ credential, keyHash }: PublishRequest): boolean {
    return credential.kind === 'key' && this.#ports.keys.hasExpired(keyHash);
  }

  /** Asks anew for every key of that stream. Rejects when Postgres is away. */
  async recheck(streamId: string): Promise<void> {
    await this.#ports.keys.recheck(streamId);
  }

  async #open({ credential, keyHash }: PublishRequest): Promise<Opened | Objection> {
    if (credential.kind === 'link') return this.#openByLink(credential.link);
    const holder = await this.#ports.keys.holderOf(keyHash);
    if (holder === undefined) return UNKNOWN_KEY;
    const desired = await this.#ports.desired.loadOrRecall(holder.streamId);
    if (desired === undefined || desired.deleted) return UNKNOWN_KEY;
    return { desired, role: holder.role };
  }

  async #openByLink(link: PublishLink): Promise<Opened | Objection> {
    const { desired: states, rules } = this.#ports;
    const desired = await states.loadOrRecall(link.streamId);
    if (desired === undefined || desired.deleted) return UNKNOWN_KEY;
    return rules.linkObjection(desired, link) ?? { desired, role: link.input };
  }

  #object({ remoteAddress, keyHash }: PublishRequest, objection: Objection): Refusal {
    const refusal = denied(objection.description, objection.cause);
    if (!objection.isGuess) return refusal;
    const penalty = this.#ports.failedKeys.failed(remoteAddress, keyHash);
    return { ...refusal, ...penalty, reason: 'wrong-key' };
  }

  /** The node that has the stream now, if it is not this one. Never rejects. */
  async ownerElsewhere(streamId: string): Promise<string | undefined> {
    const { ownership, nodeId } = this.#ports;
    try {
      const { granted, owner } = await ownership.claimStream(streamId, nodeId);
      return granted ? undefined : owner;
    } catch {
      // Redis is away: nobody else can claim the stream now either.
      return undefined;
    }
  }

  async #claim({ desired, role }: Opened): Promise<Admission> {
    const owner = await this.ownerElsewhere(desired.streamId);
    if (owner === undefined) return { admitted: true, desired, role };
    return {
      admitted: false,
      code: 'NetStream.Publish.BadName',
      description: 'This stream is live on another node.',
      cause: `live on node ${owner}`,
    };
  }
}

function denied(description: string, cause: string): Refusal {
  return { admitted: false, code: 'NetStream.Publish.Denied', description, cause };
}
