import {
  decodeDataMessage,
  describeAudio,
  describeVideo,
  EXPECT_ADDITIONAL_MEDIA,
  pickAudio,
  pickVideo,
  readAdditionalMedia,
} from '#flv';
import type { HeaderMessage } from '#ring';
import { MessageTypeId } from './message-type-id.ts';
import { ChosenTrack } from './rendition-choice.ts';
import type { RenditionChoice, TrackChoice } from './rendition-choice.ts';
import { renditionMetadata } from './rendition-metadata.ts';

export type TrackKind = 'video' | 'audio';

/** The number of a second sound that an encoder sends as data, beside its tracks. */
export const ADDITIONAL_TRACK = 1;

/** What of a message a rendition has, with the tracks that are sent at this moment. */
export class RenditionPicker {
  readonly #choice: RenditionChoice;
  /** Undefined where all tracks of the kind are chosen, or none. */
  readonly video: ChosenTrack | undefined;
  readonly audio: ChosenTrack | undefined;

  constructor(choice: RenditionChoice, headers: readonly HeaderMessage[], timestampMs: number) {
    this.#choice = choice;
    const chosen = (kind: TrackKind): ChosenTrack | undefined => {
      const wanted = choice[kind];
      if (typeof wanted !== 'number') return undefined;
      return new ChosenTrack(wanted, isConfigured(headers, kind, wanted), timestampMs);
    };
    this.video = chosen('video');
    this.audio = chosen('audio');
  }

  /** The messages before the first frame. */
  headers(source: readonly HeaderMessage[]): readonly HeaderMessage[] {
    return source.flatMap(({ typeId, body }) => {
      const picked = this.pick(typeId, body);
      return picked === undefined ? [] : [{ ...picked, body: Buffer.from(picked.body) }];
    });
  }

  /** Undefined: nothing of it. A second sound that comes as data is one like the others. */
  pick(typeId: number, body: Uint8Array): HeaderMessage | undefined {
    switch (typeId) {
      case MessageTypeId.VIDEO:
        return messageOf(typeId, this.#pickTrack('video', body, pickVideo));
      case MessageTypeId.AUDIO:
        return messageOf(typeId, this.#pickTrack('audio', body, pickAudio));
      default:
        return this.#pickData(typeId, body);
    }
  }

  #pickData(typeId: number, body: Uint8Array): HeaderMessage | undefined {
    const { framing, metadata } = this.#choice;
    const [video, audio] = [this.#now('video'), this.#now('audio')];
    const additional = readAdditionalMedia(body);
    if (additional !== undefined && audio === ADDITIONAL_TRACK) {
      return messageOf(MessageTypeId.AUDIO, pickAudio(additional.media, 0, framing));
    }
    const name = decodeDataMessage(body)?.name;
    const isOfSound = additional !== undefined || name === EXPECT_ADDITIONAL_MEDIA;
    if (isOfSound && audio !== 'all') return undefined;
    if (name !== 'onMetaData') return { typeId, body };
    return { typeId, body: renditionMetadata(body, { video, audio, overrides: metadata }) };
  }

  #pickTrack(kind: TrackKind, body: Uint8Array, pick: typeof pickVideo): Uint8Array | undefined {
    const track = this.#now(kind);
    if (track === 'none') return undefined;
    return track === 'all' ? body : pick(body, track, this.#choice.framing);
  }

  #now(kind: TrackKind): TrackChoice {
    return this[kind]?.current ?? this.#choice[kind];
  }
}

/** Whether the track can be decoded with these headers. */
export function isConfigured(
  headers: readonly HeaderMessage[],
  kind: TrackKind,
  wanted: number,
): boolean {
  return headers.some(({ typeId, body }) => {
    switch (typeId) {
      case MessageTypeId.VIDEO:
        return kind === 'video' && hasConfig(describeVideo(body), wanted);
      case MessageTypeId.AUDIO:
        return kind === 'audio' && hasConfig(describeAudio(body), wanted);
      default:
        return isAdditional(kind, wanted) && readAdditionalMedia(body) !== undefined;
    }
  });
}

function isAdditional(kind: TrackKind, wanted: number): boolean {
  return kind === 'audio' && wanted === ADDITIONAL_TRACK;
}

function hasConfig(
  { packet, tracks }: ReturnType<typeof describeVideo> | ReturnType<typeof describeAudio>,
  wanted: number,
): boolean {
  return packet === 'config' && tracks.some(({ trackId }) => trackId === wanted);
}

function messageOf(typeId: number, body: Uint8Array | undefined): HeaderMessage | undefined {
  return body && { typeId, body };
}
