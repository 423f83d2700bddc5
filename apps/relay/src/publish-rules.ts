import type { DesiredStream, IngestRules } from '#contracts';
import type { Clock, Secret } from '#kernel';
import type { PublishRequest } from '#lanes';
import { AddressList } from '#net';
import type { InputRole } from '#relay-core';
import { verifyPublishLink, type PublishLink } from '#vault';
import type { Verdict } from './authoriser.ts';

/** What a rule has against a publish. */
export interface Objection {
  /** For the encoder's user. */
  readonly description: string;
  /** For the log. */
  readonly cause: string;
  /** It may be somebody who guesses. */
  readonly isGuess: boolean;
}

/** Where it is known which links have been used. Both reject when Postgres is away. */
export interface UsedLinks {
  /** When the link was used first: now, or before. */
  use(link: {
    readonly nonce: string;
    readonly streamId: string;
    readonly expiresAt: Date;
  }): Promise<{ readonly isFirst: boolean; readonly usedAtMs: number }>;
}

export interface PublishRulesPorts {
  readonly clock: Clock;
  readonly links: UsedLinks;
  /** Throws a CodedError when the master key is another one. */
  openSigningKey(streamId: string, sealed: string): Secret;
  /** Since when, on the wall's clock, the stream's broadcast is under way here. */
  broadcastSinceMs(streamId: string): number | undefined;
  /** Asks the owner's own server. Never rejects. */
  authorise(desired: DesiredStream, request: PublishRequest, role: InputRole): Promise<Verdict>;
}

/** Links remembered as used, for while Postgres is away; the oldest goes first. */
const USED_LINKS_MAX = 10_000;
/** A link is used before the broadcast that it begins: by no more than an encoder may take. */
const BEGIN_MS = 15_000;

const UNKNOWN_LINK: Objection = {
  description: 'This publish link is not known. Ask for a new one.',
  cause: 'unknown publish link',
  isGuess: true,
};
const EXPIRED_LINK: Objection = {
  description: 'This publish link has expired. Ask for a new one.',
  cause: 'expired publish link',
  isGuess: false,
};
const USED_LINK: Objection = {
  description: 'This publish link has been used. Ask for a new one.',
  cause: 'used publish link',
  isGuess: false,
};
const UNREADABLE_LINK: Objection = {
  description: 'The publish link cannot be checked at this moment. Try again.',
  cause: 'publish link not checked',
  isGuess: false,
};
const WRONG_ADDRESS: Objection = {
  description: 'This stream takes no encoder from this address. Its owner can allow it.',
  cause: 'address not allowed',
  isGuess: false,
};
const NO_MINUTES: Objection = {
  description: 'The relay minutes of this month are used up. Ask the operator for more.',
  cause: 'relay minutes used up',
  isGuess: false,
};

/** What an owner has laid down for a stream's encoders, beside having a key. */
export class PublishRules {
  readonly #ports: PublishRulesPorts;
  readonly #lists = new WeakMap<readonly string[], AddressList | null>();
  /** By nonce, when. */
  readonly #used = new Map<string, number>();

  constructor(ports: PublishRulesPorts) {
    this.#ports = ports;
  }

  /** Whether the link is one of that stream's, and its time has not come. */
  linkObjection({ streamId, ingest }: DesiredStream, link: PublishLink): Objection | undefined {
    if (!this.#isSigned(streamId, ingest, link)) return UNKNOWN_LINK;
    const isOver = link.expiresAtS * 1_000 <= this.#ports.clock.wallMs();
    // Whoever is live with it, or was a moment ago, goes on.
    return isOver && !this.#mayGoOn(streamId, link) ? EXPIRED_LINK : undefined;
  }

  /** What holds for whoever is live, too: where it comes from, and who signed its link. */
  standingObjection(desired: DesiredStream, request: PublishRequest): Objection | undefined {
    const { credential, remoteAddress } = request;
    if (!this.#isAllowed(desired.ingest.allowedCidrs, remoteAddress)) return WRONG_ADDRESS;
    if (credential.kind === 'key') return undefined;
    return this.#isSigned(desired.streamId, desired.ingest, credential.link)
      ? undefined
      : UNKNOWN_LINK;
  }

  /** All the rest, for one that asks. Never rejects. */
  async objection(
    desired: DesiredStream,
    request: PublishRequest,
    role: InputRole,
  ): Promise<Objection | undefined> {
    const standing = this.standingObjection(desired, request);
    if (standing !== undefined) return standing;
    const isLive = this.#ports.broadcastSinceMs(desired.streamId) !== undefined;
    // Nobody's broadcast is cut short by it, or kept from going on.
    if (desired.quota.relayMinutesLeft === 0 && !isLive) return NO_MINUTES;
    const verdict = await this.#ports.authorise(desired, request, role);
    if (!verdict.allowed) {
      return { description: verdict.description, cause: verdict.cause, isGuess: false };
    }
    const { credential } = request;
    if (credential.kind === 'key') return undefined;
    return this.#useLink(desired.streamId, credential.link);
  }

  #isSigned(streamId: string, rules: IngestRules, link: PublishLink): boolean {
    if (rules.signingKeySealed === null || link.streamId !== streamId) return false;
    try {
      const key = this.#ports.openSigningKey(streamId, rules.signingKeySealed);
      return verifyPublishLink(key, link);
    } catch {
      // Its owner has to make links anew, under a key that can be opened.
      return false;
    }
  }

  #isAllowed(cidrs: readonly string[], address: string): boolean {
    if (cidrs.length === 0) return true;
    let list = this.#lists.get(cidrs);
    if (list === undefined) {
      list = listOf(cidrs);
      this.#lists.set(cidrs, list);
    }
    return list?.has(address) === true;
  }

  async #useLink(streamId: string, link: PublishLink): Promise<Objection | undefined> {
    // Of one that may be used again and again nothing is remembered but that it goes on.
    if (!link.once) {
      this.#remember(link.nonce, this.#ports.clock.wallMs());
      return undefined;
    }
    if (this.#mayGoOn(streamId, link)) return undefined;
    const expiresAt = new Date(link.expiresAtS * 1_000);
    try {
      const { isFirst, usedAtMs } = await this.#ports.links.use({
        nonce: link.nonce,
        streamId,
        expiresAt,
      });
      this.#remember(link.nonce, usedAtMs);
      return isFirst || this.#mayGoOn(streamId, link) ? undefined : USED_LINK;
    } catch {
      return UNREADABLE_LINK;
    }
  }

  /** Encoders come back by themselves: the broadcast that a link opened goes on with it. */
  #mayGoOn(streamId: string, { nonce }: PublishLink): boolean {
    const usedAtMs = this.#used.get(nonce);
    const sinceMs = this.#ports.broadcastSinceMs(streamId);
    if (usedAtMs === undefined || sinceMs === undefined) return false;
    return usedAtMs >= sinceMs - BEGIN_MS;
  }

  #remember(nonce: string, usedAtMs: number): void {
    this.#used.delete(nonce);
    this.#used.set(nonce, usedAtMs);
    const oldest = this.#used.keys().next();
    if (this.#used.size > USED_LINKS_MAX && !oldest.done) this.#used.delete(oldest.value);
  }
}

/** Null: one of them is no range, and so nobody is let in. */
function listOf(cidrs: readonly string[]): AddressList | null {
  try {
    return new AddressList(cidrs);
  } catch {
    return null;
  }
}
