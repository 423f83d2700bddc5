import { createRingMemory, RingReader, RingWriter } from '#ring';
import { describe, expect, it } from 'vitest';
import { IngestPipeline } from './ingest-pipeline.ts';
import { nextPictureMs, pictureEnd } from './picture-end.ts';
import {
  aacConfig,
  aacFrame,
  avcConfig,
  avcInterFrame,
  avcKeyframe,
} from './sample-messages.fixture.ts';

const AUDIO = 8;
const VIDEO = 9;

function shownLater(picture: Buffer, compositionMs: number): Buffer {
  picture.writeUIntBE(compositionMs, 2, 3);
  return picture;
}

/** Pictures at these times, each shown so much later. */
function ringOf(pictures: readonly (readonly [atMs: number, compositionMs: number])[]) {
  const memory = createRingMemory();
  const writer = new RingWriter(memory);
  for (const [atMs, compositionMs] of pictures) {
    writer.append(VIDEO, atMs, 0, shownLater(avcInterFrame(), compositionMs));
  }
  writer.publish();
  return { memory, writer, reader: new RingReader(memory) };
}

describe('the end of the pictures in a ring', () => {
  it('is nothing without any', () => {
    const { reader, writer } = ringOf([]);
    expect(pictureEnd(reader)).toBeUndefined();
    writer.append(AUDIO, 0, 0, aacFrame());
    writer.append(VIDEO, 0, 0, avcConfig());
    writer.publish();
    expect(pictureEnd(reader)).toBeUndefined();
  });

  it('is when the last is sent and shown, and the pace they had', () => {
    const { reader, writer } = ringOf([
      [0, 80],
      [40, 160],
      [80, 40],
      [120, 0],
      [161, 80],
      [200, 160],
    ]);
    writer.append(AUDIO, 200, 0, aacFrame());
    writer.publish();
    expect(pictureEnd(reader)).toEqual({ sentMs: 200, shownMs: 360, frameMs: 40 });
  });

  it('is not believed beyond reason', () => {
    const { reader } = ringOf([
      [0, 0],
      [5000, 8_000_000],
    ]);
    expect(pictureEnd(reader)).toEqual({ sentMs: 5000, shownMs: 5500, frameMs: 100 });
    expect(pictureEnd(ringOf([[7, 0]]).reader)).toEqual({ sentMs: 7, shownMs: 7, frameMs: 0 });
  });

  it('is followed by a picture that is both sent and shown after it', () => {
    const end = { sentMs: 200, shownMs: 360, frameMs: 40 };
    expect(nextPictureMs(end, 40, 0)).toBe(400);
    expect(nextPictureMs(end, 40, 80)).toBe(320);
    expect(nextPictureMs(end, 40, 500)).toBe(240);
  });
});

describe('an encoder that goes on at once after another', () => {
  it('is shown after the other’s last picture, by one frame at least', () => {
    const { memory } = ringOf([]);
    const pipeline = new IngestPipeline(memory, 1000);
    pipeline.onMessage(VIDEO, 0, shownLater(avcKeyframe(), 80), 1000);
    pipeline.onMessage(VIDEO, 40, shownLater(avcInterFrame(), 200), 1040);
    pipeline.onMessage(AUDIO, 50, aacConfig, 1050);
    pipeline.onMessage(AUDIO, 50, aacFrame(), 1050);
    pipeline.flush();
    const successor = new IngestPipeline(memory, 1060);
    successor.onMessage(VIDEO, 0, shownLater(avcKeyframe(), 80), 1060);
    successor.onMessage(AUDIO, 0, aacFrame(), 1060);
    successor.flush();
    const reader = new RingReader(memory);
    expect(pictureEnd(reader)).toMatchObject({ sentMs: 240 + 40 - 80 });
  });

  it('is not held up again when its picture comes after its sound alone', () => {
    const { memory } = ringOf([[0, 500]]);
    const pipeline = new IngestPipeline(memory, 1000, true);
    pipeline.onMessage(AUDIO, 0, aacFrame(), 1000);
    const epochs = () => pipeline.measure(1000).warnings.map(({ code }) => code);
    pipeline.onMessage(VIDEO, 20, avcKeyframe(), 1020);
    pipeline.flush();
    expect(epochs()).not.toContain('INGEST_TIME_JUMPED');
    expect(pictureEnd(new RingReader(memory))).toMatchObject({ sentMs: 20 });
  });
});
