import { ChunkReader, ClientSession, decodeCommand, MessageType } from '#rtmp';
import { Choices, cutBy } from '../choices.ts';
import { must, mustHide, refusalOf } from '../judge.ts';
import type { FuzzTarget } from '../target.ts';
import { KEY, WORDY_KEY } from './amf0-bytes.ts';
import { anyControl, anySaid, HANDSHAKE, PARTS_MAX, PUBLISHED, SCRIPT_MS_MAX } from './talk.ts';

const STAGES = ['handshaken', 'connected', 'created', 'publishing'];
const ENDS = new Set(['rejected', 'ended', 'failed']);
/** As long a piece of a key opens something. */
const PIECE_CHARACTERS = 8;
/** The second has the form of a code's own words; the third is too short to mean anything. */
const KEYS = [KEY, WORDY_KEY, 'q7'] as const;

/** A client's end, its server the stranger. */
class Client {
  readonly session: ClientSession;
  readonly #key: string;
  readonly #peer = new ChunkReader();
  #stages = 0;
  #publishings = 0;
  #rejections = 0;
  #refusal = '';
  #greeted = 0;
  #receivedBytes = 0;
  #sentBytes = 0;
  code: string | undefined;

  constructor(key: string, goal: 'publish' | 'connect') {
    this.#key = key;
    const told = { app: 'live', tcUrl: 'rtmp://a.example/live', streamName: key };
    this.session = new ClientSession(
      { ...told, goal, random: () => 0.5 },
      {
        send: (bytes) => this.#hear(bytes),
        onStage: (stage) => {
          must(stage === STAGES[this.#stages], 'stages are told in their order');
          this.#stages += 1;
        },
        onPublishing: ({ messageStreamId }) => {
          this.#publishings += 1;
          must(this.#publishings === 1 && this.#rejections === 0, 'it goes live once');
          must(messageStreamId === messageStreamId >>> 0, 'a message stream has 32 bits');
        },
        onRejected: ({ stage, code, description }) => {
          this.#rejections += 1;
          must(this.#rejections === 1, 'one refusal is told');
          must(code.length <= 100 && description.length <= 200, 'its words are short');
          this.#mustBeWithoutKey(`${code}\n${description}`);
          this.#refusal = `${stage} ${code.slice(0, 30)} ${description.includes('***')}`;
        },
        onAcknowledged: (bytesTotal) => must(bytesTotal >= 0, 'counts do not go back'),
        onReconnectRequest: ({ tcUrl = '' }) => must(tcUrl.length <= 2048, 'a URL is short'),
      },
    );
    this.session.start();
  }

  get outcome(): string {
    return `${this.session.phase} ${this.code} ${this.#stages} ${this.#refusal}`;
  }

  feed(bytes: Buffer): boolean {
    if (ENDS.has(this.session.phase)) {
      this.session.feed(bytes);
      return false;
    }
    this.#receivedBytes += bytes.length;
    this.code ??= refusalOf(() => this.session.feed(bytes), this.#key);
    must((this.code === undefined) === (this.session.phase !== 'failed'), 'a refusal is the end');
    must(this.#sentBytes <= 8192 + 16 * this.#receivedBytes, 'answers are in proportion');
    return this.code === undefined;
  }

  #hear(bytes: Buffer): void {
    this.#sentBytes += bytes.length;
    const greeting = Math.min(bytes.length, HANDSHAKE.length - this.#greeted);
    this.#greeted += greeting;
    this.#peer.feed(bytes.subarray(greeting), {
      onMessage: (type, _timestampMs, _sid, _csid, payload) => {
        if (type === MessageType.COMMAND_AMF0) decodeCommand(type, payload);
      },
    });
  }

  #mustBeWithoutKey(text: string): void {
    for (let at = 0; at + PIECE_CHARACTERS <= this.#key.length; at += 1) {
      mustHide(text, this.#key.slice(at, at + PIECE_CHARACTERS), 'no piece of a key is repeated');
    }
  }
}

export const CLIENT_SESSION: readonly FuzzTarget[] = [
  {
    name: 'client-handshake',
    ground: ['libs/rtmp/'],
    seeds: [HANDSHAKE, Buffer.concat([HANDSHAKE, PUBLISHED])],
    inputBytesMax: 8192,
    run(input) {
      const whole = new Client(KEY, 'publish');
      whole.feed(input.subarray(2));
      const cut = new Client(KEY, 'publish');
      for (const piece of cutBy(input.subarray(2), [...input.subarray(0, 2)])) {
        if (!cut.feed(piece)) break;
      }
      must(cut.outcome === whole.outcome, 'cuts change nothing');
      return cut.outcome;
    },
  },
  {
    name: 'client-session',
    ground: ['libs/rtmp/', 'libs/amf/'],
    inputMsMax: SCRIPT_MS_MAX,
    words: KEYS.map((key) => Buffer.from(key)),
    seeds: [
      Buffer.from(Array.from({ length: 96 }, (_, at) => at * 5)),
      Buffer.from(Array.from({ length: 96 }, (_, at) => at * 11)),
    ],
    run(input) {
      const choices = new Choices(input);
      const client = new Client(choices.pick(KEYS), choices.pick(['publish', 'connect']));
      client.feed(HANDSHAKE);
      if (choices.flag()) client.feed(PUBLISHED);
      for (let part = 0; part < PARTS_MAX && !choices.isEmpty; part += 1) {
        if (choices.byte() === 255) client.session.unpublish();
        const said = choices.below(8) === 0 ? anyControl(choices) : anySaid(choices);
        if (![...cutBy(said, [choices.byte() & 0xfc])].every((piece) => client.feed(piece))) break;
      }
      return client.outcome;
    },
  },
];
