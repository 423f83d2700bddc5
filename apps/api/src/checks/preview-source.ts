import { get, type IncomingMessage } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import type { ProblemCode } from '#control';
import { assert } from '#kernel';
import type { Live } from '#live';
import { deriveKeys, MasterKey } from '#vault';
import { LIVE } from '../infrastructure/tokens.ts';
import { ProblemError } from '../problem/problem-error.ts';

/** A relay is near, and has the beginning at hand or says at once that there is none. */
const ANSWER_MS = 3_000;

/** What the relay's answers mean; any other is that nothing is shown. */
const REFUSALS: ReadonlyMap<number | undefined, ProblemCode> = new Map([
  [401, 'PREVIEW_KEY_DIFFERS'],
  [429, 'PREVIEW_BUSY'],
]);

/** Fetches previews from the relay that has the stream. */
@Injectable()
export class PreviewSource {
  constructor(
    @Inject(LIVE) private readonly live: Live,
    @Inject(MasterKey) private readonly masterKey: MasterKey,
  ) {}

  /**
   * FLV of what is sent to that destination now, or of the stream itself where none is named, until
   * it is destroyed or ends.
   *
   * @throws ProblemError 409 PREVIEW_NOT_LIVE, PREVIEW_BUSY, PREVIEW_KEY_DIFFERS.
   */
  async open(streamId: string, destinationId?: string): Promise<IncomingMessage> {
    const url = await this.urlOf(streamId);
    if (url === undefined) throw new ProblemError('PREVIEW_NOT_LIVE');
    const answer = await this.askWithAnyKey(
      `${url}/preview/${destinationId ?? `streams/${streamId}`}`,
    );
    if (answer.statusCode === 200) return answer;
    answer.resume();
    throw new ProblemError(REFUSALS.get(answer.statusCode) ?? 'PREVIEW_NOT_LIVE');
  }

  /** Of the node that has the stream; a relay of an earlier version shows nothing. */
  private async urlOf(streamId: string): Promise<string | undefined> {
    const owner = await this.live.ownership.ownerOf(streamId);
    if (owner === undefined) return undefined;
    const nodes = await this.live.presence.nodes();
    return nodes.find(({ nodeId }) => nodeId === owner)?.previewUrl ?? undefined;
  }

  /** The relay may not have the newest master key yet: it is asked with those before it, too. */
  private async askWithAnyKey(url: string): Promise<IncomingMessage> {
    const [newest, ...others] = deriveKeys(this.masterKey, 'preview');
    assert(newest !== undefined, 'a key ring has a key');
    let answer = await this.ask(url, newest);
    for (const key of others) {
      if (answer.statusCode !== 401) break;
      answer.resume();
      answer = await this.ask(url, key);
    }
    return answer;
  }

  private ask(url: string, key: Buffer): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const headers = { authorization: `Bearer ${key.toString('base64url')}` };
      const request = get(url, { headers, agent: false }, (answer) => {
        request.setTimeout(0);
        resolve(answer);
      });
      request.setTimeout(ANSWER_MS, () => request.destroy());
      request.on('error', (cause) => {
        const sentence = 'The relay that has this stream cannot be reached for a preview.';
        reject(new ProblemError('PREVIEW_NOT_LIVE', sentence, { cause }));
      });
    });
  }
}
