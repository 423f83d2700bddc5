import { amfObject, encodeAmf0 } from '#amf';
import { ChunkWriter, ClientSession, MessageType, RtmpError } from '#rtmp';
import { AUDIO, audioFrame, audioHeader, VIDEO, videoFrame, videoHeader } from './frames.ts';
import type { SimSocket } from './sim-socket.ts';
import type { SimWorld } from './world.ts';

const CHUNK_BYTES = 4_096;
const AUDIO_MARKS = [0x11, 0x12] as const;
const VIDEO_MARKS = [0x1e, 0x1f, 0x28] as const;

/** How one encoder is set up. */
export interface EncoderHabits {
  readonly key: string;
  readonly tickMs: number;
  readonly gopFrames: number;
  readonly frameBytesMax: number;
  readonly startMs: number;
  /** `nothing`: it publishes and sends no media. */
  readonly sends: 'both' | 'video' | 'audio' | 'nothing';
}

/** Numbers no two frames of a run share. */
export class FrameNumbers {
  #next = 1;

  take(): number {
    this.#next += 1;
    return this.#next;
  }
}

/** An encoder: a real RTMP client that publishes frames one can recognise, until it has to go. */
export class SimEncoder {
  readonly #world: SimWorld;
  #habits: EncoderHabits;
  readonly #numbers: FrameNumbers;
  readonly #writer = new ChunkWriter(CHUNK_BYTES);
  #socket: SimSocket | undefined;
  #session: ClientSession | undefined;
  #messageStreamId: number | undefined;
  #clockMs: number;
  #ticks = 0;
  #videoMark: number;
  #audioMark: number;
  #isGone = false;
  #isPaused = false;
  /** It is connected and heard, and sends no picture. */
  isFrozen = false;

  constructor(world: SimWorld, habits: EncoderHabits, numbers: FrameNumbers) {
    this.#world = world;
    this.#habits = habits;
    this.#numbers = numbers;
    this.#clockMs = habits.startMs;
    this.#videoMark = world.chance.oneOf(VIDEO_MARKS);
    this.#audioMark = world.chance.oneOf(AUDIO_MARKS);
  }

  get isGone(): boolean {
    return this.#isGone;
  }

  get isPublishing(): boolean {
    return !this.#isGone && this.#messageStreamId !== undefined;
  }

  get key(): string {
    return this.#habits.key;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  set isPaused(paused: boolean) {
    this.#isPaused = paused;
  }

  /** The connection stands. */
  start(socket: SimSocket): void {
    this.#socket = socket;
    this.#session = new ClientSession(
      {
        app: 'live',
        tcUrl: 'rtmp://relay.example/live',
        streamName: this.#habits.key,
        random: this.#world.chance.random,
      },
      {
        send: (bytes) => socket.inbound.write(bytes),
        onStage: () => undefined,
        onPublishing: ({ messageStreamId }) => this.#publish(messageStreamId),
        onRejected: () => this.cut(),
        onAcknowledged: () => undefined,
        onReconnectRequest: () => undefined,
      },
    );
    this.#session.start();
  }

  hear(bytes: Buffer): void {
    if (this.#isGone) return;
    try {
      this.#session?.feed(bytes);
    } catch (error) {
      if (!(error instanceof RtmpError)) throw error;
      this.#world.ledger.must(false, () => `an encoder cannot read us: ${error.message}`);
    }
  }

  onGone(): void {
    this.#isGone = true;
  }

  /** Says goodbye, and closes. */
  unpublish(): void {
    if (this.#isGone) return;
    this.#session?.unpublish();
    this.#isGone = true;
    this.#socket?.inbound.end();
  }

  /** Its network fails. */
  cut(): void {
    this.#isGone = true;
    this.#socket?.destroy();
  }

  /** Its clock is set, by seconds or to another zero. */
  jump(byMs: number): void {
    this.#clockMs = (this.#clockMs + byMs) >>> 0;
  }

  /** It is set up anew while it publishes: other headers, then a keyframe. */
  reconfigure(habits: Partial<EncoderHabits> = {}): void {
    this.#habits = { ...this.#habits, ...habits };
    this.#videoMark = this.#world.chance.oneOf(VIDEO_MARKS);
    this.#audioMark = this.#world.chance.oneOf(AUDIO_MARKS);
    this.#ticks = 0;
    if (this.isPublishing) this.#sendHeaders();
  }

  #publish(messageStreamId: number): void {
    this.#messageStreamId = messageStreamId;
    const metadata = encodeAmf0(['@setDataFrame', 'onMetaData', amfObject({ encoder: 'sim' })]);
    this.#send(MessageType.DATA_AMF0, metadata);
    this.#sendHeaders();
    this.#tick();
  }

  #sendHeaders(): void {
    const { sends } = this.#habits;
    if (sends === 'both' || sends === 'video') this.#send(VIDEO, videoHeader(this.#videoMark));
    if (sends === 'both' || sends === 'audio') this.#send(AUDIO, audioHeader(this.#audioMark));
  }

  #tick(): void {
    const { tickMs, gopFrames, frameBytesMax, sends } = this.#habits;
    const { chance, timers } = this.#world;
    if (this.#isGone) return;
    if (!this.#isPaused) {
      if (!this.isFrozen && (sends === 'both' || sends === 'video')) {
        const isKey = this.#ticks % gopFrames === 0;
        const bytes = chance.between(24, isKey ? frameBytesMax : frameBytesMax / 2);
        this.#send(VIDEO, videoFrame(this.#numbers.take(), this.#videoMark, isKey, bytes));
        this.#ticks += 1;
      }
      if (sends === 'both' || sends === 'audio') {
        this.#send(AUDIO, audioFrame(this.#numbers.take(), this.#audioMark));
      }
    }
    this.#clockMs = (this.#clockMs + tickMs) >>> 0;
    timers.after(tickMs, () => this.#tick());
  }

  #send(type: number, payload: Buffer): void {
    const { inbound } = this.#socket ?? {};
    const messageStreamId = this.#messageStreamId ?? 1;
    const timestampMs = this.#clockMs;
    inbound?.write(
      this.#writer.write({ chunkStreamId: 4, type, timestampMs, messageStreamId, payload }),
    );
  }
}
