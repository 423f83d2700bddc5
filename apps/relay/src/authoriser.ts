import { randomUUID } from 'node:crypto';
import type { DesiredStream } from '#contracts';
import { sentenceOf, type Clock, type Secret } from '#kernel';
import { signedHeaders, type PostJson } from '#https-call';
import type { PublishRequest } from '#lanes';
import { remoteText } from '#observability';
import type { InputRole } from '#relay-core';

export type Verdict =
  | { readonly allowed: true }
  | {
      readonly allowed: false;
      /** For the encoder's user. */
      readonly description: string;
      /** For the log. */
      readonly cause: string;
    };

export interface AuthoriserPorts {
  readonly clock: Clock;
  readonly post: PostJson;
  /** Throws a CodedError when the master key is another one. */
  openSecret(streamId: string, sealed: string): Secret;
}

export const AUTHORISE_LIMITS = {
  /** The encoder waits for us, and gives up at some point. */
  deadlineMs: 2_000,
  answerBytes: 4_096,
  /** An answer counts for so long, unless it says otherwise. */
  cacheSeconds: 60,
  cacheSecondsMax: 600,
  /** And for so long while the server does not answer. */
  staleMs: 600_000,
  reasonChars: 200,
  answers: 10_000,
} as const;

interface Answer {
  readonly verdict: Verdict;
  readonly askedAtMs: number;
  readonly freshUntilMs: number;
}

const ALLOWED: Verdict = { allowed: true };

/**
 * Asks the server that an owner has named whether an encoder may publish. The call is signed and
 * guarded as webhooks are; its answer is kept, so that an encoder that comes back does not wait for
 * it, and for while that server is away.
 */
export class Authoriser {
  readonly #ports: AuthoriserPorts;
  /** By stream, key and address. */
  readonly #answers = new Map<string, Answer>();

  constructor(ports: AuthoriserPorts) {
    this.#ports = ports;
  }

  /** Never rejects. */
  async ask(desired: DesiredStream, request: PublishRequest, role: InputRole): Promise<Verdict> {
    const { authorise } = desired.ingest;
    if (authorise === null) return ALLOWED;
    const who = [desired.streamId, authorise.url, request.keyHash, request.remoteAddress].join(' ');
    const known = this.#answers.get(who);
    const nowMs = this.#ports.clock.monotonicMs();
    if (known !== undefined && nowMs < known.freshUntilMs) return known.verdict;
    try {
      return this.#keep(who, await this.#call(desired, request, role));
    } catch (error) {
      if (known !== undefined && nowMs - known.askedAtMs <= AUTHORISE_LIMITS.staleMs) {
        return known.verdict;
      }
      if (authorise.fallback === 'allow') return ALLOWED;
      return {
        allowed: false,
        description: 'The server that decides who may publish does not answer. Try again.',
        cause: `authorisation not answered: ${sentenceOf(error)}`,
      };
    }
  }

  /** Throws unless the server has said yes or no. */
  async #call(desired: DesiredStream, request: PublishRequest, role: InputRole) {
    const { streamId, ingest } = desired;
    const { authorise } = ingest;
    if (authorise === null) throw new Error('there is nobody to ask');
    const { clock, post } = this.#ports;
    const timestampSeconds = Math.floor(clock.wallMs() / 1_000);
    const { app, encoder, remoteAddress, secure } = request;
    const body = JSON.stringify({
      type: 'ingest.authorise',
      timestamp: new Date(clock.wallMs()).toISOString(),
      // Of the app only what is no place for a key.
      data: { streamId, input: role, app: firstPart(app), encoder, remoteAddress, secure },
    });
    const secrets = [this.#ports.openSecret(streamId, authorise.secretSealed)];
    const headers = signedHeaders({ id: `msg_${randomUUID()}`, timestampSeconds, body, secrets });
    const answer = await post({
      url: authorise.url,
      body,
      headers: { 'content-type': 'application/json', ...headers },
      deadlineMs: AUTHORISE_LIMITS.deadlineMs,
      answerBytesMax: AUTHORISE_LIMITS.answerBytes,
    });
    return readAnswer(answer.status, answer.body);
  }

  #keep(who: string, { verdict, cacheSeconds }: ReadAnswer): Verdict {
    const askedAtMs = this.#ports.clock.monotonicMs();
    this.#answers.delete(who);
    this.#answers.set(who, { verdict, askedAtMs, freshUntilMs: askedAtMs + cacheSeconds * 1_000 });
    const oldest = this.#answers.keys().next();
    if (this.#answers.size > AUTHORISE_LIMITS.answers && !oldest.done) {
      this.#answers.delete(oldest.value);
    }
    return verdict;
  }
}

interface ReadAnswer {
  readonly verdict: Verdict;
  readonly cacheSeconds: number;
}

function readAnswer(status: number, body: string): ReadAnswer {
  const { reason, cacheSeconds } = fieldsOf(body);
  if (status >= 200 && status < 300) return { verdict: ALLOWED, cacheSeconds };
  if (status !== 401 && status !== 403) throw new Error(`it answered ${status}`);
  const description = reason ?? 'The owner of this stream has not allowed this encoder.';
  const cause = 'not authorised';
  return { verdict: { allowed: false, description, cause }, cacheSeconds };
}

/** An answer that says nothing, or nothing that can be read, is an answer all the same. */
function fieldsOf(body: string): { reason: string | undefined; cacheSeconds: number } {
  const { cacheSeconds: usual, cacheSecondsMax, reasonChars } = AUTHORISE_LIMITS;
  let said: unknown;
  try {
    said = JSON.parse(body);
  } catch {
    said = undefined;
  }
  const read = (name: string): unknown =>
    typeof said === 'object' && said !== null ? Reflect.get(said, name) : undefined;
  const [reason, seconds] = [read('reason'), read('cacheSeconds')];
  const isNumber = typeof seconds === 'number' && Number.isFinite(seconds);
  return {
    reason:
      typeof reason === 'string' && reason.trim() !== ''
        ? remoteText(reason.trim().slice(0, reasonChars))
        : undefined,
    cacheSeconds: isNumber ? Math.min(cacheSecondsMax, Math.max(0, seconds)) : usual,
  };
}

function firstPart(app: string): string {
  return app.split(/[/?]/, 1)[0] ?? '';
}
