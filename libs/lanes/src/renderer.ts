import { Rendition, type RenditionChoice, type RenditionNews } from '#media';
import { emptyRecord, RecordFlag, RingError, RingWriter, type RingReader } from '#ring';
import type { Beat } from './beat.ts';

export interface RendererOptions {
  /** The broadcast's ring, and its id in this lane's beat. */
  readonly source: RingReader;
  readonly sourceRingId: string;
  /** The rendition's own. */
  readonly ring: SharedArrayBuffer;
  readonly ringId: string;
  readonly choice: RenditionChoice;
  readonly beat: Pick<Beat, 'join' | 'writesHere' | 'arrived'>;
}

export interface RendererHandler {
  /** Once: there is something to begin with. */
  onJoinable(): void;
  onNews(news: RenditionNews): void;
  /** Once: it writes no more. `detail`: why, where nobody asked for it. */
  onEnded(detail: string): void;
}

/**
 * Makes a rendition: the one reader of a broadcast's ring that writes, to a ring of its own, on the
 * same timeline. What is fed from that one need not know. It goes with the beat of its lane, and
 * what it writes leaves in that same beat. Made anew on the same ring, in whichever lane, it goes
 * on behind what is there.
 */
export class Renderer {
  readonly #options: RendererOptions;
  readonly #handler: RendererHandler;
  readonly #writer: RingWriter;
  readonly #record = emptyRecord();
  readonly #leaveSource: () => void;
  readonly #leaveRing: () => void;
  /** Undefined until there is a place to begin, and again when the broadcast has overtaken it. */
  #rendition: Rendition | undefined;
  #next = 0;
  #headersSince = 0;
  #hasJoinPoint = false;
  #hasToldJoinable = false;
  #hasEnded = false;

  /** Takes the ring's pen. */
  constructor(options: RendererOptions, handler: RendererHandler) {
    const { source, sourceRingId, ring, ringId, beat } = options;
    this.#options = options;
    this.#handler = handler;
    this.#writer = new RingWriter(ring);
    this.#leaveRing = beat.writesHere(ringId);
    this.#leaveSource = beat.join(sourceRingId, source, () => this.pump());
  }

  /** Takes what is new in the broadcast. */
  pump(): void {
    if (this.#hasEnded) return;
    try {
      const head = this.#options.source.headSequence();
      if (this.#begin() && this.#takeUntil(head) === 'overtaken') this.#rendition = undefined;
      this.#show();
    } catch (fault) {
      if (!(fault instanceof RingError)) throw fault;
      this.end(fault.message);
    }
  }

  /** Writes no more; nobody can join what is left. */
  end(detail = ''): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#leaveSource();
    this.#leaveRing();
    this.#handler.onEnded(detail);
  }

  /** Whether it stands somewhere; else at the newest join point behind what it has written. */
  #begin(): boolean {
    if (this.#rendition !== undefined) return true;
    const join = this.#options.source.joinPoint();
    if (join === undefined) return false;
    const { headers, record } = join;
    const { timestampMs } = record;
    if (this.#writer.hasRecords && timestampMs < this.#writer.timestampMs) return false;
    this.#next = record.sequence;
    this.#headersSince = this.#options.source.headersSince();
    this.#rendition = new Rendition(
      this.#options.choice,
      { headers, timestampMs },
      {
        setHeaders: (list) => this.#writer.setHeaders(list),
        append: (typeId, atMs, isJoinPoint, body) => {
          this.#hasJoinPoint ||= isJoinPoint;
          this.#writer.append(typeId, atMs, isJoinPoint ? RecordFlag.JOIN_POINT : 0, body);
        },
      },
      (news) => this.#handler.onNews(news),
    );
    return true;
  }

  #takeUntil(head: number): 'all' | 'overtaken' {
    while (this.#next !== head) {
      if (!this.#take()) return 'overtaken';
      this.#next = (this.#next + 1) >>> 0;
    }
    return 'all';
  }

  #take(): boolean {
    const { source } = this.#options;
    const record = this.#record;
    if (!source.record(this.#next, record)) return false;
    const body = source.body(record);
    if (body === undefined) return false;
    const { typeId, timestampMs } = record;
    if ((record.flags & RecordFlag.JOIN_POINT) !== 0) this.#renew(timestampMs);
    this.#rendition?.onMessage(typeId, timestampMs, body);
    return true;
  }

  /** Headers that fell away are told by the ring alone. */
  #renew(timestampMs: number): void {
    const { source } = this.#options;
    const since = source.headersSince();
    const areNewer = ((this.#next - since) | 0) >= 0 && since !== this.#headersSince;
    if (!areNewer) return;
    this.#headersSince = since;
    this.#rendition?.renew(source.headers(), timestampMs);
  }

  #show(): void {
    const { source, beat, ringId } = this.#options;
    this.#writer.markTime(source.markedMs);
    this.#writer.publish();
    // Its encoder has gone, or it was overtaken: what was sent last is nothing to begin with.
    const canJoin = source.newestJoin() !== undefined && this.#rendition !== undefined;
    if (!canJoin) this.#writer.clearJoin();
    if (source.ended) this.#writer.end();
    beat.arrived(ringId);
    if (canJoin && this.#hasJoinPoint && !this.#hasToldJoinable) {
      this.#hasToldJoinable = true;
      this.#handler.onJoinable();
    }
    if (source.ended) this.end();
  }
}
