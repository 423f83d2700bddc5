import { continuityOf, IngestPipeline, IngestStandby } from '#media';
import { createRingMemory, Cursor, emptyRecord, RingReader } from '#ring';
import { ChunkReader, encodeSetChunkSize } from '#rtmp';
import { Choices } from '../choices.ts';
import { must, refusalOf } from '../judge.ts';
import type { FuzzTarget } from '../target.ts';
import { anyAmf0Values } from './amf0-bytes.ts';
import { anyBody } from './media-bodies.ts';
import { SCRIPT_MS_MAX } from './talk.ts';

const hex = (text: string): Buffer => Buffer.from(text, 'hex');
const AVC_RECORD =
  '0142c01fffe100156742c01eda02805bff016a02020280000003008000001e478b175001000468ce3c80';
/** Messages in order, so that a stream gets under way. */
const BODIES = [
  [9, hex(`1700000000${AVC_RECORD}`)],
  [9, Buffer.concat([hex('170100000000000024'), Buffer.alloc(36, 0x65)])],
  [9, Buffer.concat([hex('270100002800000014'), Buffer.alloc(20, 0x41)])],
  [8, hex('af001190')],
  [8, Buffer.concat([hex('af01'), Buffer.alloc(16, 5)])],
  [9, hex('1702000000')],
] as const;
const STEPS_MAX = 120;
/** The peer's side of 4096, in which rings are written. */
const CHUNK_BYTES = 4096;

/** A broadcast with one destination that reads along, and each encoder that comes. */
class Broadcast {
  readonly #memory = createRingMemory({
    dataBytes: 32 * 1024,
    dataBytesMax: 64 * 1024,
    records: 64,
  });
  readonly #reader = new RingReader(this.#memory);
  readonly #cursor = new Cursor(this.#reader, { messageStreamId: 1 });
  readonly #peer = new ChunkReader();
  readonly #record = emptyRecord();
  #pipeline = new IngestPipeline(this.#memory, 1000);
  #standby = new IngestStandby(1000);
  #nowMs = 1000;
  #inputMs = 0;
  #seen = 0;
  #lastMs = 0;
  #heardMs = -1;
  #warnings = '';
  #code: string | undefined;

  constructor() {
    this.#peer.feed(encodeSetChunkSize(CHUNK_BYTES), { onMessage: () => undefined });
  }

  get outcome(): string {
    const { isJoinable, isAudioOnly } = this.#pipeline;
    return `${this.#code} ${isJoinable} ${isAudioOnly} ${this.#heardMs >= 0} ${this.#warnings}`;
  }

  /** One thing that happens; says whether the ingest goes on. */
  step(choices: Choices): boolean {
    this.#nowMs += choices.below(40) === 39 ? choices.number() % 100_000_000 : choices.below(50);
    switch (choices.below(12)) {
      case 0:
        return this.#look();
      case 1:
        this.#pipeline.endIngest();
        this.#pipeline.beginIngest(this.#nowMs);
        return true;
      case 2:
        this.#takeOver(choices.flag());
        return true;
      default:
        return this.#send(choices);
    }
  }

  /** What is in the ring, and what the destination makes of it. */
  #look(): boolean {
    this.#pipeline.flush();
    const head = this.#reader.headSequence();
    for (; this.#seen !== head; this.#seen += 1) {
      if (!this.#reader.record(this.#seen, this.#record)) continue;
      const { timestampMs } = this.#record;
      must(timestampMs >= this.#lastMs, 'time in a ring never falls');
      must(Number.isSafeInteger(timestampMs), 'time in a ring is whole');
      this.#lastMs = timestampMs;
    }
    const { warnings } = this.#pipeline.measure(this.#nowMs);
    this.#warnings = warnings.map(({ code }) => code).join(' ');
    this.#standby.measure(this.#nowMs);
    this.#hear();
    return true;
  }

  #hear(): void {
    for (let polls = 0; polls < 100; polls += 1) {
      const answer = this.#cursor.poll(this.#nowMs);
      if (answer === 'overtaken') this.#cursor.skipToNewestJoin(this.#nowMs);
      if (typeof answer === 'string') return;
      const onMessage = (type: number, timestampMs: number): void => {
        const stepMs = this.#heardMs < 0 ? 0 : (timestampMs - this.#heardMs) | 0;
        must(stepMs >= 0, 'time never falls for a destination');
        must([8, 9, 18].includes(type), 'a destination is sent media and data');
        this.#heardMs = timestampMs;
      };
      for (const view of answer.views) this.#peer.feed(view, { onMessage });
      must(this.#cursor.release(), 'what nobody writes over is whole');
    }
  }

  #takeOver(isAudioOnly: boolean): void {
    const before = this.#pipeline.headers();
    this.#standby = new IngestStandby(this.#nowMs, this.#pipeline);
    this.#pipeline.endIngest();
    this.#pipeline = new IngestPipeline(this.#memory, this.#nowMs, isAudioOnly);
    continuityOf(before, this.#standby.headers());
  }

  #send(choices: Choices): boolean {
    const [typeId, body] = anyMessage(choices);
    this.#inputMs =
      choices.below(24) === 23 ? choices.number() : (this.#inputMs + choices.below(60)) >>> 0;
    this.#code = refusalOf(() => {
      this.#pipeline.onMessage(typeId, this.#inputMs >>> 0, body, this.#nowMs);
      this.#standby.onMessage(typeId, this.#inputMs >>> 0, body, this.#nowMs);
    });
    return this.#code === undefined;
  }
}

function anyMessage(choices: Choices): readonly [number, Buffer] {
  const kind = choices.below(16);
  const known = BODIES[kind];
  if (known !== undefined) return known;
  if (kind < 12) return [kind < 10 ? 9 : 8, anyBody(choices)];
  if (kind === 12) return [18, anyAmf0Values(choices)];
  if (kind === 13) return [choices.byte(), choices.piece()];
  if (kind === 14) return [9, Buffer.alloc(choices.number() % 0x8000, choices.byte())];
  return [choices.flag() ? 9 : 8, choices.piece()];
}

export const INGEST: readonly FuzzTarget[] = [
  {
    name: 'ingest',
    ground: ['libs/media/', 'libs/ring/', 'libs/flv/'],
    inputMsMax: SCRIPT_MS_MAX,
    batch: 64,
    seeds: [
      Buffer.from(Array.from({ length: 200 }, (_, at) => at * 5)),
      Buffer.from(Array.from({ length: 200 }, (_, at) => (at % 4 === 2 ? at / 4 : 3))),
    ],
    run(input) {
      const choices = new Choices(input);
      const broadcast = new Broadcast();
      for (let step = 0; step < STEPS_MAX && !choices.isEmpty; step += 1) {
        if (!broadcast.step(choices)) break;
      }
      return broadcast.outcome;
    },
  },
];
