import type {
  CreateDestinationBody,
  CreateStreamBody,
  Destination,
  InputRole,
  StreamStatus,
  StreamWithKey,
} from '#contracts';

const ANSWER_WITHIN_MS = 30_000;

export interface Answer<Body> {
  readonly status: number;
  readonly body: Body;
}

/** A stream, and a destination, as a caller of the API says it: what is left out is as usual. */
export type StreamWish = Partial<CreateStreamBody> & Pick<CreateStreamBody, 'name'>;
export type DestinationWish = Partial<CreateDestinationBody> &
  Pick<CreateDestinationBody, 'name' | 'url' | 'streamKey'>;

/**
 * The REST API as an automation uses it, with a token. Answers other than 2xx throw, but for
 * `request`.
 */
export class ForkcastApi {
  readonly #base: string;
  readonly #token: string;

  constructor(base: string, token: string) {
    this.#base = base;
    this.#token = token;
  }

  async request<Body>(method: string, path: string, body?: object): Promise<Answer<Body>> {
    const response = await fetch(`${this.#base}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  }

  createStream(wish: StreamWish): Promise<StreamWithKey> {
    return this.#wanted<StreamWithKey>('POST', '/streams', wish);
  }

  addDestination(streamId: string, wish: DestinationWish): Promise<Destination> {
    return this.#wanted<Destination>('POST', `/streams/${streamId}/destinations`, wish);
  }

  async switchDestination(id: string, action: 'start' | 'stop' | 'retry'): Promise<void> {
    await this.#wanted('POST', `/destinations/${id}/${action}`);
  }

  status(streamId: string): Promise<StreamStatus> {
    return this.#wanted<StreamStatus>('GET', `/streams/${streamId}/status`);
  }

  async switchInput(streamId: string, to: InputRole): Promise<void> {
    await this.#wanted('POST', `/streams/${streamId}/switch-input`, { to });
  }

  async endBroadcast(streamId: string): Promise<void> {
    await this.#wanted('POST', `/streams/${streamId}/end`);
  }

  async putSlate(streamId: string, png: Buffer<ArrayBuffer>): Promise<void> {
    const response = await fetch(`${this.#base}/api/v1/streams/${streamId}/slate`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'image/png' },
      body: png,
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    if (!response.ok) throw new Error(`PUT slate: ${response.status} ${await response.text()}`);
  }

  async removeStream(streamId: string): Promise<void> {
    await this.#wanted('DELETE', `/streams/${streamId}`);
  }

  async #wanted<Body>(method: string, path: string, body?: object): Promise<Body> {
    const answer = await this.request<Body>(method, path, body);
    if (answer.status >= 200 && answer.status < 300) return answer.body;
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }
}
