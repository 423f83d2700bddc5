import type { CodedClient } from './coded-client.ts';
import { PersistenceError } from './persistence-error.ts';

export interface IdempotentRequest {
  /** Who asks: keys of different callers never meet. */
  readonly principal: string;
  readonly key: string;
  /** sha256 of method, path and body, hex. */
  readonly requestHash: string;
}

export interface IdempotencyWindow {
  /** Requests begun before and never completed are taken for dead. */
  readonly staleBefore: Date;
  /** Answers from before are not remembered. */
  readonly forgottenBefore: Date;
}

export type IdempotencyState =
  /** Do it, then `complete`, or `abandon` when it failed. */
  | { readonly kind: 'new'; readonly id: string }
  /** It was done; this was the answer. */
  | {
      readonly kind: 'done';
      readonly id: string;
      readonly status: number;
      readonly sealedAnswer: string;
    }
  | { readonly kind: 'in-progress' }
  /** The key was used for something else. */
  | { readonly kind: 'other-request' };

/** Remembers POST requests, so that one sent twice is done once. */
export class IdempotencyRepository {
  readonly #client: CodedClient;

  constructor(client: CodedClient) {
    this.#client = client;
  }

  async begin(request: IdempotentRequest, window: IdempotencyWindow): Promise<IdempotencyState> {
    const { principal, key, requestHash } = request;
    const { staleBefore, forgottenBefore } = window;
    await this.#client.queries.idempotencyKey.deleteMany({
      where: {
        principal,
        key,
        OR: [
          { completedAt: null, createdAt: { lt: staleBefore } },
          { createdAt: { lt: forgottenBefore } },
        ],
      },
    });
    try {
      const { id } = await this.#client.queries.idempotencyKey.create({ data: { ...request } });
      return { kind: 'new', id };
    } catch (thrown) {
      if (!(thrown instanceof PersistenceError) || thrown.code !== 'ROW_EXISTS') throw thrown;
    }
    const row = await this.#client.queries.idempotencyKey.findUnique({
      where: { principal_key: { principal, key } },
    });
    if (row === null) return { kind: 'in-progress' };
    if (row.requestHash !== requestHash) return { kind: 'other-request' };
    const { id, status, sealedAnswer } = row;
    if (status === null || sealedAnswer === null) return { kind: 'in-progress' };
    return { kind: 'done', id, status, sealedAnswer };
  }

  async complete(id: string, status: number, sealedAnswer: string): Promise<void> {
    await this.#client.queries.idempotencyKey.updateMany({
      where: { id },
      data: { status, sealedAnswer, completedAt: new Date() },
    });
  }

  async abandon(id: string): Promise<void> {
    await this.#client.queries.idempotencyKey.deleteMany({ where: { id, completedAt: null } });
  }

  async removeOlderThan(time: Date): Promise<number> {
    const { count } = await this.#client.queries.idempotencyKey.deleteMany({
      where: { createdAt: { lt: time } },
    });
    return count;
  }
}
