import { Feed, type FeedHandler, type FeedSink } from '#lanes';
import { IngestPipeline } from '#media';
import { createRingMemory, Cursor, RecordFlag, RingReader, RingWriter } from '#ring';
import type { Bench } from './bench.ts';
import { aacConfig, avcConfig, MessageTypeId, sampleSecond } from './sample-second.ts';
import type { SampleMessage } from './sample-second.ts';

const DESTINATIONS = 50;
/** A lane with 50 cursors gathers for about so long. */
const BEAT_MS = 28;
/** Fixed, so that a ring's growth is not measured, and no more than caches of today may hold. */
const DATA_BYTES = 4 * 1024 * 1024;
/** Well within what such a ring lends. */
const DELAY_MS = 2_000;

/** The second's messages, beat by beat, over and over on a timeline that goes on. */
class Beats {
  readonly messages = sampleSecond();
  readonly beats: readonly (readonly SampleMessage[])[];
  readonly count = Math.ceil(1000 / BEAT_MS);
  #secondMs = 0;

  constructor() {
    const beats = Array.from({ length: this.count }, (): SampleMessage[] => []);
    for (const message of this.messages) beats[Math.floor(message.atMs / BEAT_MS)]?.push(message);
    this.beats = beats;
  }

  /** Calls `take` with each message of a beat and its time; beats come in their order. */
  play(beat: number, take: (message: SampleMessage, timestampMs: number) => void): void {
    if (beat === 0) this.#secondMs += 1000;
    const messages = this.beats[beat] ?? [];
    // By index: not even an iterator is made between the readings.
    for (let index = 0; index < messages.length; index += 1) {
      const message = messages[index] as SampleMessage;
      take(message, this.#secondMs + message.atMs);
    }
  }
}

function writtenRing() {
  const memory = createRingMemory({ dataBytes: DATA_BYTES });
  const writer = new RingWriter(memory);
  const beats = new Beats();
  const now = { ms: 0 };
  const append = (message: SampleMessage, timestampMs: number): void => {
    const flags = message.isKeyframe ? RecordFlag.JOIN_POINT : 0;
    now.ms = timestampMs;
    writer.markTime(timestampMs);
    writer.append(message.typeId, timestampMs, flags, message.body);
  };
  const writeBeat = (beat: number): void => {
    beats.play(beat, append);
    writer.publish();
  };
  return { memory, beats, writeBeat, now };
}

function ringWriteBench(): Bench {
  const { beats, writeBeat } = writtenRing();
  return {
    name: 'ring write, append and publish',
    unit: 'message',
    unitsPerRound: beats.messages.length,
    stepsPerRound: beats.count,
    run: writeBeat,
  };
}

function ringReadBench(): Bench {
  const { memory, beats, writeBeat } = writtenRing();
  const reader = new RingReader(memory);
  const cursors = Array.from(
    { length: DESTINATIONS },
    () => new Cursor(reader, { messageStreamId: 1 }),
  );
  return {
    name: `ring read, ${DESTINATIONS} cursors, poll and release`,
    unit: 'span',
    unitsPerRound: DESTINATIONS * beats.count,
    stepsPerRound: beats.count,
    prepare: writeBeat,
    run: () => {
      for (const cursor of cursors) if (typeof cursor.poll() === 'object') cursor.release();
    },
  };
}

function delayedReadBench(): Bench {
  const { memory, beats, writeBeat, now } = writtenRing();
  const reader = new RingReader(memory);
  const cursors = Array.from(
    { length: DESTINATIONS },
    () => new Cursor(reader, { messageStreamId: 1, delayMs: DELAY_MS }),
  );
  return {
    name: `ring read, ${DESTINATIONS} delayed cursors, poll and release`,
    unit: 'span',
    unitsPerRound: DESTINATIONS * beats.count,
    stepsPerRound: beats.count,
    prepare: writeBeat,
    run: () => {
      for (const cursor of cursors) if (typeof cursor.poll(now.ms) === 'object') cursor.release();
    },
  };
}

/** A socket that takes at once. */
class TakingSink implements FeedSink {
  write(_bytes: Buffer, done?: () => void): void {
    done?.();
  }

  cork(): void {}

  uncork(): void {}
}

const handler: FeedHandler = {
  onFailed: (code) => {
    throw new Error(`a destination that takes all was given up: ${code}`);
  },
  onDegraded: () => {},
};

function pumpBench(): Bench {
  const { memory, beats, writeBeat } = writtenRing();
  const reader = new RingReader(memory);
  const sink = new TakingSink();
  let nowMs = 0;
  const feeds = Array.from(
    { length: DESTINATIONS },
    () => new Feed(reader, { messageStreamId: 1, nowMs }, sink, handler),
  );
  return {
    name: `pump, ${DESTINATIONS} destinations`,
    unit: 'span',
    unitsPerRound: DESTINATIONS * beats.count,
    stepsPerRound: beats.count,
    prepare: writeBeat,
    run: () => {
      nowMs += BEAT_MS;
      for (const feed of feeds) feed.pump(nowMs);
    },
  };
}

function pipelineBench(): Bench {
  const pipeline = new IngestPipeline(createRingMemory({ dataBytes: DATA_BYTES }), 0);
  const beats = new Beats();
  pipeline.onMessage(MessageTypeId.VIDEO, 0, avcConfig, 0);
  pipeline.onMessage(MessageTypeId.AUDIO, 0, aacConfig, 0);
  const take = ({ typeId, body }: SampleMessage, timestampMs: number): void =>
    pipeline.onMessage(typeId, timestampMs, body, timestampMs);
  return {
    name: 'ingest pipeline, message and flush',
    unit: 'message',
    unitsPerRound: beats.messages.length,
    stepsPerRound: beats.count,
    run: (beat) => {
      beats.play(beat, take);
      pipeline.flush();
    },
  };
}

export function mediaBenches(): Bench[] {
  return [ringWriteBench(), ringReadBench(), delayedReadBench(), pumpBench(), pipelineBench()];
}
