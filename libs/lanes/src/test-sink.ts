import {
  audioFlags,
  flvFileHeader,
  flvTag,
  HEADER_FLAGS,
  headerKey,
  MediaFlag,
  videoFlags,
} from '#flv';
import { MessageType, RtmpError, ServerSession } from '#rtmp';
import type { OutboundLink, OutboundSocketHandler } from '#outbound';

/** Of the pictures since the last keyframe, which a viewer who comes begins with. */
export const SINK_KEPT_BYTES_MAX = 8 * 1024 * 1024;
const SINK_ADDRESS = 'built in';

/** FLV for whoever looks: `isStart` is a whole beginning, the others go on from it. */
export type OnSinkMedia = (bytes: Buffer, isStart: boolean) => void;

/**
 * The built-in destination: an RTMP server without a network at the other end of an attempt. All
 * that a real destination would be sent goes through it, and stays here. It keeps what has come
 * since the last keyframe, so that a viewer sees a picture at once.
 */
export class TestSink implements OutboundLink {
  readonly bufferedBytes = 0;
  readonly #handler: OutboundSocketHandler;
  readonly #onMedia: OnSinkMedia;
  readonly #session: ServerSession;
  readonly #headers = new Map<string, Buffer>();
  #kept: Buffer[] = [];
  #keptBytes = 0;
  /** Whether what is kept begins with a keyframe. */
  #canStart = false;
  #fresh: Buffer[] = [];
  #answers: Buffer[] = [];
  /** How far viewers are: some go on from a start that they were given, one waits for his. */
  #isWatched = false;
  #isStartWanted = false;
  #isClosed = false;
  #hasVideo = false;
  #hasAudio = false;

  constructor(handler: OutboundSocketHandler, onMedia: OnSinkMedia) {
    this.#handler = handler;
    this.#onMedia = onMedia;
    this.#session = new ServerSession({
      send: (bytes) => this.#answer(bytes),
      onPublish: () => this.#session.accept(),
      onMedia: (type, timestampMs, body) => this.#take(type, timestampMs, body),
      onUnpublish: () => undefined,
    });
    this.#later(() => {
      handler.onTcp(SINK_ADDRESS);
      this.#later(() => handler.onReady(false));
    });
  }

  write(bytes: Buffer, done?: () => void): void {
    if (this.#isClosed) return;
    try {
      this.#session.feed(bytes);
    } catch (error) {
      if (!(error instanceof RtmpError)) throw error;
      this.#end(error);
      return;
    }
    this.#handOut();
    done?.();
  }

  cork(): void {
    return;
  }

  uncork(): void {
    return;
  }

  close(): void {
    this.#later(() => this.reset());
  }

  reset(): void {
    this.#end(undefined);
  }

  /**
   * Somebody looks, or nobody any more. Asked again while watched it begins anew, for the one who
   * came.
   */
  watch(isWatched: boolean): void {
    this.#isStartWanted = isWatched;
    if (isWatched) this.#start();
    else this.#isWatched = false;
  }

  #end(error: Error | undefined): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#forget();
    this.#handler.onClosed(error);
  }

  /** Like a network, it never answers before the question has been asked to its end. */
  #later(task: () => void): void {
    queueMicrotask(() => {
      if (!this.#isClosed) task();
    });
  }

  #answer(bytes: Buffer): void {
    this.#answers.push(bytes);
    if (this.#answers.length > 1) return;
    this.#later(() => {
      const answers = Buffer.concat(this.#answers);
      this.#answers = [];
      this.#handler.onData(answers);
    });
  }

  #take(type: number, timestampMs: number, body: Buffer): void {
    const isVideo = type === MessageType.VIDEO;
    const isAudio = type === MessageType.AUDIO;
    const flags = isVideo ? videoFlags(body) : isAudio ? audioFlags(body) : 0;
    this.#hasVideo ||= isVideo;
    this.#hasAudio ||= isAudio;
    const tag = flvTag(type, timestampMs, isVideo || isAudio ? body : bareData(body));
    if (!isVideo && !isAudio) {
      // Of data a file has the metadata alone.
      if (headerKey('data', body) !== METADATA_KEY) return;
      this.#headers.set(METADATA_KEY, tag);
    } else if ((flags & HEADER_FLAGS) !== 0) {
      this.#headers.set(headerKey(isVideo ? 'video' : 'audio', body), tag);
    } else {
      this.#keep(tag, isVideo && (flags & MediaFlag.KEYFRAME) !== 0);
    }
    if (this.#isWatched) this.#fresh.push(tag);
  }

  /** A stream without pictures begins anywhere. */
  #keep(tag: Buffer, isKeyframe: boolean): void {
    if (isKeyframe) this.#forget();
    if (isKeyframe || !this.#hasVideo) this.#canStart = true;
    if (!this.#canStart) return;
    if (this.#keptBytes + tag.length > SINK_KEPT_BYTES_MAX) {
      this.#forget();
      return;
    }
    this.#kept.push(tag);
    this.#keptBytes += tag.length;
  }

  #forget(): void {
    this.#kept = [];
    this.#keptBytes = 0;
    this.#canStart = false;
  }

  /** Once for each piece that arrived, however many messages were in it. */
  #handOut(): void {
    if (this.#fresh.length > 0) {
      const bytes = Buffer.concat(this.#fresh);
      this.#fresh = [];
      this.#onMedia(bytes, false);
    }
    if (this.#isStartWanted) this.#start();
  }

  /** Waits for the next keyframe where there is none to begin with. */
  #start(): void {
    if (!this.#canStart || this.#kept.length === 0) return;
    this.#isWatched = true;
    this.#isStartWanted = false;
    const header = flvFileHeader(this.#hasAudio, this.#hasVideo);
    this.#onMedia(Buffer.concat([header, ...this.#headers.values(), ...this.#kept]), true);
  }
}

const METADATA_KEY = 'data:0:metadata';

/** What publishers put before metadata is for a server, and not for a file. */
const SET_DATA_FRAME = Buffer.from('\u0002\u0000\r@setDataFrame', 'latin1');

function bareData(body: Buffer): Buffer {
  const isSet = body.subarray(0, SET_DATA_FRAME.length).equals(SET_DATA_FRAME);
  return isSet ? body.subarray(SET_DATA_FRAME.length) : body;
}
