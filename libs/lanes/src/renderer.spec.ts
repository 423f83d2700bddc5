import { describe, expect, it } from 'vitest';
import { IngestPipeline, type RenditionChoice, type RenditionNews } from '#media';
import { createRingMemory, emptyRecord, RingReader, type RingSizes } from '#ring';
import { FakeTime } from '#testing';
import { Beat } from './beat.ts';
import { Renderer } from './renderer.ts';

const AUDIO = 8;
const VIDEO = 9;
const FRAME_MS = 40;
const mp4a = Buffer.from('mp4a');

const avcConfig = Buffer.from('1700000000014d401f', 'hex');
const aacConfig = Buffer.from('af001190', 'hex');
const aacConfigOfOne = Buffer.concat([Buffer.of(0x95, 0x00), mp4a, Buffer.of(1, 0x12, 0x10)]);
const picture = (isKey: boolean, bytes: number): Buffer =>
  Buffer.concat([Buffer.from(isKey ? '1701000000' : '2701000000', 'hex'), unit(bytes)]);
const sound = (mark: number): Buffer => Buffer.of(0xaf, 1, mark);
const soundOfOne = (mark: number): Buffer =>
  Buffer.concat([Buffer.of(0x95, 0x01), mp4a, Buffer.of(1, mark)]);

function unit(bytes: number): Buffer {
  const coded = Buffer.alloc(4 + bytes, 0x65);
  coded.writeUInt32BE(bytes, 0);
  return coded;
}

const secondSound: RenditionChoice = { video: 0, audio: 1, framing: 'legacy', metadata: new Map() };

/** A broadcast with a picture and two sounds, and a rendition of it in one lane. */
class Scene {
  readonly time = new FakeTime();
  readonly beat = new Beat(this.time, this.time);
  readonly memory: SharedArrayBuffer;
  readonly ring: SharedArrayBuffer;
  readonly source: RingReader;
  readonly made: RingReader;
  readonly news: RenditionNews[] = [];
  readonly ends: string[] = [];
  joinable = 0;
  pipeline: IngestPipeline;
  frames = 0;

  constructor(sizes: RingSizes = { dataBytes: 1024 * 1024, records: 4096 }) {
    this.memory = createRingMemory(sizes);
    this.ring = createRingMemory(sizes);
    this.source = new RingReader(this.memory);
    this.made = new RingReader(this.ring);
    this.pipeline = new IngestPipeline(this.memory, this.time.monotonicMs());
    this.beat.writesHere('source');
  }

  start(): Renderer {
    return new Renderer(
      {
        source: this.source,
        sourceRingId: 'source',
        ring: this.ring,
        ringId: 'made',
        choice: secondSound,
        beat: this.beat,
      },
      {
        onJoinable: () => (this.joinable += 1),
        onNews: (news) => this.news.push(news),
        onEnded: (detail) => this.ends.push(detail),
      },
    );
  }

  configure({ withSecond = true } = {}): void {
    this.#send(AUDIO, aacConfig);
    if (withSecond) this.#send(AUDIO, aacConfigOfOne);
    this.#send(VIDEO, avcConfig);
  }

  /** Frames of all tracks, a keyframe in 25; the lane hears of each when it is flushed. */
  play(frames: number, { bytes = 40, isHeard = true, withSecond = true } = {}): void {
    for (let count = 0; count < frames; count += 1) {
      this.#send(VIDEO, picture(this.frames % 25 === 0, bytes));
      this.#send(AUDIO, sound(this.frames & 0xff));
      if (withSecond) this.#send(AUDIO, soundOfOne(this.frames & 0xff));
      this.pipeline.flush();
      this.frames += 1;
      this.time.advance(FRAME_MS);
      if (isHeard) this.beat.arrived('source');
    }
  }

  #send(typeId: number, body: Buffer): void {
    this.pipeline.onMessage(typeId, this.frames * FRAME_MS, body, this.time.monotonicMs());
  }
}

interface Message {
  readonly typeId: number;
  readonly timestampMs: number;
  readonly body: string;
}

function messagesOf(reader: RingReader, from = 0): Message[] {
  const record = emptyRecord();
  return Array.from({ length: reader.headSequence() - from }, (_, index) => {
    expect(reader.record(from + index, record)).toBe(true);
    const { typeId, timestampMs } = record;
    return { typeId, timestampMs, body: reader.body(record)?.toString('hex') ?? '' };
  });
}

describe('a renderer', () => {
  it('writes what was chosen, at the broadcast’s times, to be joined at its keyframes', () => {
    const scene = new Scene();
    scene.configure();
    scene.start();
    expect(scene.joinable).toBe(0);
    scene.play(26);
    expect(scene.joinable).toBe(1);
    const messages = messagesOf(scene.made);
    const sounds = messages.filter(({ typeId }) => typeId === AUDIO);
    expect(sounds.map(({ body }) => body)).toEqual(
      Array.from({ length: 26 }, (_, mark) => sound(mark).toString('hex')),
    );
    const ofSource = messagesOf(scene.source).filter(({ typeId }) => typeId === VIDEO);
    const pictures = messages.filter(({ typeId }) => typeId === VIDEO);
    expect(pictures).toEqual(ofSource.filter(({ body }) => body !== avcConfig.toString('hex')));
    const join = scene.made.joinPoint();
    expect(join?.record.timestampMs).toBe(pictures.at(-1)?.timestampMs);
    expect(join?.headers.map(({ body }) => Buffer.from(body).toString('hex'))).toEqual([
      'af001210',
      avcConfig.toString('hex'),
    ]);
    const nowMs = scene.time.monotonicMs();
    expect(scene.made.liveMs(nowMs)).toBe(scene.source.liveMs(nowMs));
  });

  it('made anew goes on behind what is there', () => {
    const scene = new Scene();
    scene.configure();
    const first = scene.start();
    scene.play(30);
    first.end();
    scene.start();
    const before = scene.made.headSequence();
    scene.play(30);
    const messages = messagesOf(scene.made);
    const times = messages.map(({ timestampMs }) => timestampMs);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(messages[before]).toMatchObject({ typeId: VIDEO, timestampMs: 50 * FRAME_MS });
    expect(messages[before]?.body).toMatch(/^17/);
    expect(scene.ends).toEqual(['']);
  });

  it('that the broadcast has overtaken goes on at its newest keyframe', () => {
    const scene = new Scene({ dataBytes: 64 * 1024, records: 1024 });
    scene.configure();
    const renderer = scene.start();
    scene.play(1);
    scene.play(5, { bytes: 15_000, isHeard: false });
    renderer.pump();
    expect(scene.made.newestJoin()).toBeUndefined();
    scene.play(25);
    expect(scene.made.newestJoin()).toBeDefined();
    const messages = messagesOf(scene.made, 2);
    expect(messages[0]?.body).toMatch(/^17/);
    expect(messages[0]?.timestampMs).toBe(25 * FRAME_MS);
    expect(scene.joinable).toBe(1);
  });

  it('says that a track is missing which the next encoder does not send', () => {
    const scene = new Scene();
    scene.configure();
    scene.start();
    scene.play(25);
    scene.pipeline.endIngest();
    scene.beat.arrived('source');
    expect(scene.made.newestJoin()).toBeUndefined();
    scene.pipeline.beginIngest(scene.time.monotonicMs());
    scene.configure({ withSecond: false });
    scene.play(2, { withSecond: false });
    expect(scene.news).toEqual([{ kind: 'track-missing', track: 'audio', trackId: 1 }]);
    expect(scene.made.newestJoin()).toBeDefined();
    expect(messagesOf(scene.made).at(-1)?.body).toBe(sound(26).toString('hex'));
    const bodies = scene.made.headers().map(({ body }) => Buffer.from(body).toString('hex'));
    expect(bodies).toEqual([aacConfig.toString('hex'), avcConfig.toString('hex')]);
  });

  it('ends with its broadcast, when another has its ring, and when it is told to', () => {
    const scene = new Scene();
    scene.configure();
    scene.start();
    scene.play(2);
    scene.start();
    scene.play(1);
    expect(scene.ends).toEqual([expect.stringContaining('generation')]);
    scene.pipeline.end();
    scene.beat.arrived('source');
    expect(scene.made.ended).toBe(true);
    expect(scene.ends).toHaveLength(2);
    const last = scene.made.headSequence();
    scene.beat.arrived('source');
    expect(scene.made.headSequence()).toBe(last);
  });
});
