import {
  ADDITIONAL_MEDIA,
  audioFlags,
  decodeDataMessage,
  HEADER_FLAGS,
  headerKey,
  MediaFlag,
  videoFlags,
} from '#flv';
import type { HeaderMessage } from '#ring';
import { HeaderSet } from './header-set.ts';
import { IngestMeter, type IngestMeasure } from './ingest-meter.ts';
import { AUDIO_ONLY_AFTER_MS, DROPPED_FLAGS, type IngestPipeline } from './ingest-pipeline.ts';
import { MessageTypeId } from './message-type-id.ts';

/**
 * What a message is to whoever may begin with it: `entry` is a frame that can be the first,
 * `media` what comes after one, `header` what was kept, `nothing` what is of no use.
 */
export type StandbyMessage = 'entry' | 'media' | 'header' | 'nothing';

const NO_FAULTS = { jumps: 0, lateMessages: 0 } as const;

/**
 * An encoder that sends and has no ring: its headers are kept and it is measured, so that a
 * pipeline can go on with it at any time.
 */
export class IngestStandby {
  readonly #headers: HeaderSet;
  readonly #meter: IngestMeter;
  #firstAudioMs = NaN;
  #hasSeenVideo = false;
  #videoAtMs = NaN;

  /** `before`: the pipeline that has written this encoder's media until now. */
  constructor(nowMs: number, before?: IngestPipeline) {
    this.#headers = new HeaderSet(before?.headers());
    this.#meter = new IngestMeter(nowMs);
    if (before === undefined) return;
    this.#videoAtMs = before.videoAtMs;
    this.#hasSeenVideo = !before.isAudioOnly;
    if (before.isAudioOnly) this.#firstAudioMs = -Infinity;
    for (const { typeId, body } of this.#headers.list()) this.#note(typeId, body);
  }

  /** When its newest picture came; NaN when it sent none. */
  get videoAtMs(): number {
    return this.#videoAtMs;
  }

  /** It has sent sound alone for so long that it is joined at that. */
  isAudioOnly(nowMs: number): boolean {
    return !this.#hasSeenVideo && nowMs - this.#firstAudioMs >= AUDIO_ONLY_AFTER_MS;
  }

  headers(): readonly HeaderMessage[] {
    return this.#headers.list();
  }

  measure(nowMs: number): IngestMeasure {
    return this.#meter.measure(nowMs, NO_FAULTS);
  }

  /**
   * As `IngestPipeline.onMessage`; `body` is borrowed until return. Throws RingError
   * RING_HEADERS_TOO_LARGE; the ingest must then be ended.
   */
  onMessage(typeId: number, timestamp: number, body: Uint8Array, nowMs: number): StandbyMessage {
    switch (typeId) {
      case MessageTypeId.AUDIO:
        return this.#onAudio(body, nowMs);
      case MessageTypeId.VIDEO:
        return this.#onVideo(timestamp >>> 0, body, nowMs);
      case MessageTypeId.DATA:
        return this.#onData(body, nowMs);
      default:
        return 'nothing';
    }
  }

  #onVideo(timestamp: number, body: Uint8Array, nowMs: number): StandbyMessage {
    const flags = videoFlags(body);
    if ((flags & DROPPED_FLAGS) !== 0) return 'nothing';
    this.#hasSeenVideo = true;
    if ((flags & HEADER_FLAGS) !== 0) return this.#keep(MessageTypeId.VIDEO, body);
    if ((flags & MediaFlag.FURTHER) === 0) this.#videoAtMs = nowMs;
    this.#meter.addVideo(body, flags, timestamp, nowMs);
    return (flags & MediaFlag.KEYFRAME) === 0 ? 'media' : 'entry';
  }

  #onAudio(body: Uint8Array, nowMs: number): StandbyMessage {
    const flags = audioFlags(body);
    if ((flags & DROPPED_FLAGS) !== 0) return 'nothing';
    if ((flags & HEADER_FLAGS) !== 0) return this.#keep(MessageTypeId.AUDIO, body);
    this.#meter.addAudio(body, flags, nowMs);
    if (Number.isNaN(this.#firstAudioMs)) this.#firstAudioMs = nowMs;
    return this.isAudioOnly(nowMs) ? 'entry' : 'media';
  }

  #onData(body: Uint8Array, nowMs: number): StandbyMessage {
    const message = decodeDataMessage(body);
    if (message === undefined) return 'nothing';
    if (headerKey('data', body) !== '') return this.#keep(MessageTypeId.DATA, body);
    if (message.name === ADDITIONAL_MEDIA) this.#meter.addFurther(body.length, nowMs);
    return 'media';
  }

  #keep(typeId: number, body: Uint8Array): StandbyMessage {
    if (this.#headers.offer(typeId, body) === 'no-header') return 'nothing';
    this.#note(typeId, body);
    return 'header';
  }

  #note(typeId: number, body: Uint8Array): void {
    if (typeId === MessageTypeId.VIDEO) this.#meter.noteVideoHeader(body);
    if (typeId === MessageTypeId.AUDIO) this.#meter.noteAudioHeader(body);
  }
}
