import { describeAudio, describeVideo, MediaFlag, readAdditionalMedia, videoFlags } from '#flv';
import type { HeaderMessage } from '#ring';
import { HeaderSet } from './header-set.ts';
import { MessageTypeId } from './message-type-id.ts';
import type { RenditionChoice } from './rendition-choice.ts';
import { ADDITIONAL_TRACK, isConfigured, RenditionPicker } from './rendition-picker.ts';
import type { TrackKind } from './rendition-picker.ts';

/** Where a rendition goes: a ring of its own, whose times rise as the broadcast's do. */
export interface RenditionSink {
  /** What whoever joins is sent first; nobody can join until the next join point. */
  setHeaders(headers: readonly HeaderMessage[]): void;
  append(typeId: number, timestampMs: number, isJoinPoint: boolean, body: Uint8Array): void;
}

export interface RenditionNews {
  /** Missing: track 0 is sent in its place. */
  readonly kind: 'track-missing' | 'track-back';
  readonly track: TrackKind;
  readonly trackId: number;
}

/**
 * What a destination is sent of a broadcast, where that is not all of it: the chosen tracks, in the
 * framing and with the metadata chosen, joined at their own keyframes. Pure: the messages of the
 * broadcast's ring come in with their times, and what is left of them goes to `sink` at once.
 */
export class Rendition {
  readonly #choice: RenditionChoice;
  readonly #sink: RenditionSink;
  readonly #onNews: (news: RenditionNews) => void;
  #source: HeaderSet;
  readonly #picker: RenditionPicker;
  #sent: readonly HeaderMessage[] = [];
  #areHeadersDue = false;
  #hasVideo: boolean;
  #isJoined = false;

  /** Begins at a join point of the broadcast, with its headers and at its media time. */
  constructor(
    choice: RenditionChoice,
    start: { readonly headers: readonly HeaderMessage[]; readonly timestampMs: number },
    sink: RenditionSink,
    onNews: (news: RenditionNews) => void,
  ) {
    this.#choice = choice;
    this.#sink = sink;
    this.#onNews = onNews;
    this.#source = new HeaderSet(start.headers);
    this.#picker = new RenditionPicker(choice, start.headers, start.timestampMs);
    this.#hasVideo = this.#expectsVideo();
    for (const kind of ['video', 'audio'] as const) {
      if (this.#picker[kind]?.isMissing === true) this.#tell(kind);
    }
    this.#writeHeaders();
  }

  /** At a later join point: the headers are others, as no message has said. */
  renew(headers: readonly HeaderMessage[], timestampMs: number): void {
    this.#source = new HeaderSet(headers);
    for (const kind of ['video', 'audio'] as const) {
      const chosen = this.#picker[kind];
      const isThere = chosen !== undefined && isConfigured(headers, kind, chosen.wanted);
      if (chosen?.renew(isThere, timestampMs) === true) this.#tell(kind);
    }
    this.#hasVideo = this.#expectsVideo();
    this.#writeChanges(timestampMs);
    this.#areHeadersDue = true;
  }

  /** Body borrowed until return. */
  onMessage(typeId: number, timestampMs: number, body: Uint8Array): void {
    if (this.#source.offer(typeId, body) !== 'no-header') {
      this.#writeChanges(timestampMs);
    } else if (typeId === MessageTypeId.VIDEO) {
      this.#onVideo(timestampMs, body);
    } else {
      this.#onSound(typeId, timestampMs, body);
    }
  }

  #onVideo(timestampMs: number, body: Uint8Array): void {
    const { tracks, frame } = describeVideo(body);
    const trackIds = tracks.map(({ trackId }) => trackId);
    const isKey = frame === 'key' || frame === 'generated-key';
    this.#follow('video', trackIds, isKey, timestampMs);
    const picked = this.#picker.pick(MessageTypeId.VIDEO, body);
    if (picked === undefined) return;
    this.#hasVideo = true;
    const isJoinPoint = (videoFlags(picked.body) & MediaFlag.KEYFRAME) !== 0;
    this.#append(picked, timestampMs, isJoinPoint);
  }

  /** Sound, also where it comes as data; and whatever else is data. */
  #onSound(typeId: number, timestampMs: number, body: Uint8Array): void {
    this.#follow('audio', soundsOf(typeId, body), true, timestampMs);
    const picked = this.#picker.pick(typeId, body);
    if (picked === undefined) return;
    // Nobody can begin at a sound where pictures belong to it.
    const isJoinPoint = picked.typeId === MessageTypeId.AUDIO && !this.#hasVideo;
    this.#append(picked, timestampMs, isJoinPoint);
  }

  #follow(
    kind: TrackKind,
    trackIds: readonly number[],
    isStart: boolean,
    timestampMs: number,
  ): void {
    const hasChanged = this.#picker[kind]?.onFrames(trackIds, isStart, timestampMs) === true;
    if (!hasChanged) return;
    this.#tell(kind);
    this.#writeChanges(timestampMs);
  }

  #append({ typeId, body }: HeaderMessage, timestampMs: number, isJoinPoint: boolean): void {
    if (isJoinPoint) {
      this.#isJoined = true;
      if (this.#areHeadersDue) this.#writeHeaders();
    }
    if (this.#isJoined) this.#sink.append(typeId, timestampMs, isJoinPoint, body);
  }

  /**
   * In band what is new among the headers. Other metadata makes no frame unreadable, so it waits
   * for a join point instead of undoing one.
   */
  #writeChanges(timestampMs: number): void {
    const before = this.#sent;
    const now = this.#picker.headers(this.#source.list());
    const changed = now.filter((header) => !before.some((one) => isSame(one, header)));
    if (changed.length === 0) return;
    for (const { typeId, body } of this.#isJoined ? changed : []) {
      this.#sink.append(typeId, timestampMs, false, body);
    }
    this.#sent = now;
    const canWait = changed.every(({ typeId }) => typeId === MessageTypeId.DATA);
    if (canWait) this.#areHeadersDue = true;
    else this.#writeHeaders();
  }

  #writeHeaders(): void {
    this.#areHeadersDue = false;
    this.#sent = this.#picker.headers(this.#source.list());
    this.#sink.setHeaders(this.#sent);
  }

  #expectsVideo(): boolean {
    const isVideo = ({ typeId }: HeaderMessage): boolean => typeId === MessageTypeId.VIDEO;
    return this.#choice.video !== 'none' && this.#source.list().some(isVideo);
  }

  #tell(track: TrackKind): void {
    const chosen = this.#picker[track];
    if (chosen === undefined) return;
    const kind = chosen.isMissing ? 'track-missing' : 'track-back';
    this.#onNews({ kind, track, trackId: chosen.wanted });
  }
}

function soundsOf(typeId: number, body: Uint8Array): readonly number[] {
  if (typeId !== MessageTypeId.AUDIO) {
    return readAdditionalMedia(body) === undefined ? [] : [ADDITIONAL_TRACK];
  }
  return describeAudio(body).tracks.map(({ trackId }) => trackId);
}

function isSame(one: HeaderMessage, other: HeaderMessage): boolean {
  return one.typeId === other.typeId && Buffer.compare(one.body, other.body) === 0;
}
