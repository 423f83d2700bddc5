import { ChunkReader, decodeCommand, MessageType, ServerSession } from '#rtmp';
import { Choices, cutBy } from '../choices.ts';
import { must, refusalOf } from '../judge.ts';
import type { FuzzTarget } from '../target.ts';
import { KEY } from './amf0-bytes.ts';
import {
  anyAggregate,
  anyControl,
  anySaid,
  HANDSHAKE,
  PARTS_MAX,
  PUBLISH,
  said,
  SCRIPT_MS_MAX,
} from './talk.ts';

type Policy = 'accept' | 'wait' | 'reject';
const ENDS = new Set(['rejected', 'unpublished', 'failed']);

/** A server's end with what it said and was given; judged with each event. */
export class Server {
  readonly session: ServerSession;
  readonly #policy: Policy;
  #publishes = 0;
  #unpublishes = 0;
  #receivedBytes = 0;
  #sentBytes = 0;
  media = 0;
  mediaBytes = 0;
  code: string | undefined;
  /** What it says must be readable to the end. */
  readonly #peer = new ChunkReader();
  #isGreeted = 0;

  constructor(policy: Policy) {
    this.#policy = policy;
    this.session = new ServerSession(
      {
        send: (bytes) => this.#hear(bytes),
        onPublish: () => {
          this.#publishes += 1;
          must(this.#publishes === 1, 'a publish is asked once');
          this.decide(this.#policy);
        },
        onMedia: (type, timestampMs, body) => {
          must(this.session.phase === 'publishing', 'media is given only while publishing');
          must([8, 9, 18].includes(type), 'nothing else is given as media');
          must(timestampMs === timestampMs >>> 0, 'times have 32 bits');
          this.media += 1;
          this.mediaBytes += body.length;
        },
        onUnpublish: () => {
          this.#unpublishes += 1;
          must(this.#unpublishes === 1, 'the end is told once');
        },
      },
      { random: () => 0.5 },
    );
  }

  /** How far it came, and why no further. */
  get outcome(): string {
    return `${this.session.phase} ${this.code} ${Math.min(this.media, 6)} ${this.#unpublishes}`;
  }

  /** Says whether it goes on. */
  feed(bytes: Buffer): boolean {
    if (ENDS.has(this.session.phase)) {
      this.session.feed(bytes);
      return false;
    }
    this.#receivedBytes += bytes.length;
    this.code ??= refusalOf(() => this.session.feed(bytes), KEY);
    must((this.code === undefined) === (this.session.phase !== 'failed'), 'a refusal is the end');
    must(
      this.#sentBytes <= 8192 + 16 * this.#receivedBytes,
      'what is answered is in proportion to what is asked',
    );
    return this.code === undefined;
  }

  decide(policy: Policy): void {
    if (this.session.phase !== 'authorising') return;
    if (policy === 'accept') this.session.accept();
    if (policy === 'reject') this.session.reject('NetStream.Publish.BadName', 'taken');
  }

  #hear(bytes: Buffer): void {
    this.#sentBytes += bytes.length;
    const greeting = Math.min(bytes.length, HANDSHAKE.length - this.#isGreeted);
    this.#isGreeted += greeting;
    this.#peer.feed(bytes.subarray(greeting), {
      onMessage: (type, _timestampMs, _sid, _csid, payload) => {
        if (type === MessageType.COMMAND_AMF0) decodeCommand(type, payload);
      },
    });
  }
}

function start(choices: Choices, policy: Policy): Server {
  const server = new Server(policy);
  server.feed(HANDSHAKE);
  if (choices.flag()) server.feed(PUBLISH);
  return server;
}

function live(): Server {
  const server = new Server('accept');
  server.feed(HANDSHAKE);
  server.feed(PUBLISH);
  must(server.session.phase === 'publishing', 'an encoder in order is let in');
  return server;
}

export const SERVER_SESSION: readonly FuzzTarget[] = [
  {
    name: 'server-handshake',
    ground: ['libs/rtmp/'],
    seeds: [HANDSHAKE, Buffer.concat([HANDSHAKE, PUBLISH])],
    inputBytesMax: 8192,
    run(input) {
      const whole = new Server('accept');
      whole.feed(input.subarray(2));
      const cut = new Server('accept');
      for (const piece of cutBy(input.subarray(2), [...input.subarray(0, 2)])) {
        if (!cut.feed(piece)) break;
      }
      must(cut.outcome === whole.outcome, 'cuts change nothing');
      return cut.outcome;
    },
  },
  {
    name: 'server-session',
    ground: ['libs/rtmp/', 'libs/amf/'],
    inputMsMax: SCRIPT_MS_MAX,
    seeds: [Buffer.from(Array.from({ length: 96 }, (_, at) => at * 5))],
    run(input) {
      const choices = new Choices(input);
      const server = start(choices, choices.pick(['accept', 'wait', 'reject']));
      for (let part = 0; part < PARTS_MAX && !choices.isEmpty; part += 1) {
        if (choices.below(8) === 7) server.decide(choices.pick(['accept', 'reject']));
        const pieces = cutBy(anySaid(choices), [choices.byte() & 0xfc]);
        if (![...pieces].every((piece) => server.feed(piece))) break;
      }
      return server.outcome;
    },
  },
  {
    name: 'aggregate',
    ground: ['libs/rtmp/src/message/', 'libs/rtmp/src/session/server-session.ts'],
    seeds: [Buffer.from(Array.from({ length: 64 }, (_, at) => at * 3))],
    inputBytesMax: 60_000,
    run(input) {
      const choices = new Choices(input);
      const isRaw = choices.flag();
      const payload = isRaw ? choices.rest() : anyAggregate(choices);
      const server = live();
      server.feed(
        said({ type: MessageType.AGGREGATE, timestampMs: choices.number() >>> 0, payload }),
      );
      must(server.mediaBytes <= payload.length, 'no byte is given twice');
      must(server.media * 11 <= payload.length, 'each message has its header');
      return server.outcome;
    },
  },
  {
    name: 'control-messages',
    ground: ['libs/rtmp/'],
    seeds: [Buffer.from(Array.from({ length: 64 }, (_, at) => at * 3))],
    run(input) {
      const choices = new Choices(input);
      const server = live();
      while (!choices.isEmpty && server.feed(anyControl(choices)));
      return server.outcome;
    },
  },
];
