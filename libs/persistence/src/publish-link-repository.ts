import type { CodedClient } from './coded-client.ts';

/** A publish link that works once, as it is used. */
export interface PublishLinkUse {
  readonly nonce: string;
  readonly streamId: string;
  readonly expiresAt: Date;
}

/** Which publish links that work once have been used. */
export class PublishLinkRepository {
  readonly #client: CodedClient;

  constructor(client: CodedClient) {
    this.#client = client;
  }

  /** Of all who use a link at the same time, in whichever relay, one is the first. */
  async use(
    link: PublishLinkUse,
  ): Promise<{ readonly isFirst: boolean; readonly usedAtMs: number }> {
    const { usedPublishLink } = this.#client.queries;
    const usedAt = new Date();
    const { count } = await usedPublishLink.createMany({
      data: [{ ...link, usedAt }],
      skipDuplicates: true,
    });
    if (count > 0) return { isFirst: true, usedAtMs: usedAt.getTime() };
    const before = await usedPublishLink.findUnique({ where: { nonce: link.nonce } });
    return { isFirst: false, usedAtMs: before?.usedAt.getTime() ?? 0 };
  }

  /** Forgets links whose time is over: they open nothing, used or not. How many. */
  async forgetExpired(before: Date): Promise<number> {
    const { count } = await this.#client.queries.usedPublishLink.deleteMany({
      where: { expiresAt: { lt: before } },
    });
    return count;
  }
}
