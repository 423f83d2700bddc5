import { expect } from 'vitest';
import { createRingMemory, emptyRecord, RingReader } from '#ring';
import { IngestPipeline } from './ingest-pipeline.ts';
import { MessageTypeId } from './message-type-id.ts';
import {
  aacConfig,
  aacFrame,
  avcConfig,
  avcKeyframe,
  metadata,
} from './sample-messages.fixture.ts';

const { AUDIO, VIDEO, DATA } = MessageTypeId;

export function broadcast() {
  const memory = createRingMemory({ dataBytes: 1024 * 1024, records: 1024 });
  const reader = new RingReader(memory);
  return { memory, reader, pipeline: new IngestPipeline(memory, 1000) };
}

/** Everything in the ring as [type, output time, name of the body]. */
export function recordsOf(reader: RingReader): [number, number][] {
  const record = emptyRecord();
  return Array.from({ length: reader.headSequence() }, (_, sequence) => {
    expect(reader.record(sequence, record)).toBe(true);
    return [record.typeId, record.timestampMs];
  });
}

export function bodiesOf(reader: RingReader): Buffer[] {
  const record = emptyRecord();
  return Array.from({ length: reader.headSequence() }, (_, sequence) => {
    expect(reader.record(sequence, record)).toBe(true);
    return reader.view(record.position + 8, record.wireBytes - 8);
  });
}

/** An encoder's first messages, as OBS sends them, counting from `base`. */
export function openLikeObs(pipeline: IngestPipeline, base: number, nowMs: number): void {
  pipeline.onMessage(DATA, base, metadata('obs'), nowMs);
  pipeline.onMessage(AUDIO, base, aacConfig, nowMs);
  pipeline.onMessage(VIDEO, base, avcConfig(), nowMs);
  pipeline.onMessage(VIDEO, base, avcKeyframe(), nowMs);
  pipeline.onMessage(AUDIO, base + 10, aacFrame(), nowMs + 10);
  pipeline.flush();
}
