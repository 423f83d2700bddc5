import type { Cancel, Timers } from '#kernel';
import type { OutboundConnection } from '#outbound';
import { encodeMessage, MessageType } from '#rtmp';
import {
  TEST_AUDIO_HEADER,
  TEST_METADATA,
  TEST_PICTURES,
  TEST_SILENCE,
  TEST_VIDEO_HEADER,
} from './test-media.ts';

/** Long enough for a platform to say no, short enough to wait for. */
export const TEST_CLIP_MS = 2_000;
const PICTURE_MS = 100;
/** AAC at 48,000 samples a second, 1,024 in a frame. */
const SOUND_MS = 1_024 / 48;
/** As every session of ours begins with; it announces no other. */
const CHUNK_BYTES = 4_096;
const CHUNK_STREAM_ID = 6;

/** A black, silent stream in real time: what a platform is sent by a private test. */
export class TestClip {
  readonly #messageStreamId: number;
  readonly #connection: Pick<OutboundConnection, 'write'>;
  readonly #timers: Timers;
  readonly #onPlayed: () => void;
  #cancel: Cancel = () => undefined;
  #playedMs = 0;
  #pictures = 0;
  #sounds = 0;

  constructor(
    messageStreamId: number,
    connection: Pick<OutboundConnection, 'write'>,
    timers: Timers,
    onPlayed: () => void,
  ) {
    this.#messageStreamId = messageStreamId;
    this.#connection = connection;
    this.#timers = timers;
    this.#onPlayed = onPlayed;
  }

  play(): void {
    this.#send(MessageType.DATA_AMF0, 0, TEST_METADATA);
    this.#send(MessageType.VIDEO, 0, TEST_VIDEO_HEADER);
    this.#send(MessageType.AUDIO, 0, TEST_AUDIO_HEADER);
    this.#next();
  }

  stop(): void {
    this.#cancel();
  }

  /** One picture, and the sound up to the next. Each picture is a keyframe: any serves to begin. */
  #next(): void {
    if (this.#playedMs >= TEST_CLIP_MS) {
      this.#onPlayed();
      return;
    }
    const picture = TEST_PICTURES[this.#pictures % TEST_PICTURES.length];
    if (picture !== undefined) this.#send(MessageType.VIDEO, this.#playedMs, picture);
    this.#pictures += 1;
    this.#playedMs += PICTURE_MS;
    for (; this.#sounds * SOUND_MS < this.#playedMs; this.#sounds += 1) {
      this.#send(MessageType.AUDIO, Math.round(this.#sounds * SOUND_MS), TEST_SILENCE);
    }
    this.#cancel = this.#timers.after(PICTURE_MS, () => this.#next());
  }

  #send(type: number, timestampMs: number, payload: Buffer): void {
    this.#connection.write(
      encodeMessage({
        chunkStreamId: CHUNK_STREAM_ID,
        type,
        timestampMs,
        messageStreamId: this.#messageStreamId,
        payload,
        chunkBytes: CHUNK_BYTES,
      }),
    );
  }
}
