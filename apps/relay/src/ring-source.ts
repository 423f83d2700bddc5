import type { HoldStatus } from '#contracts';
import type { Clock } from '#kernel';
import type { Broadcast } from './broadcast.ts';
import type { HoldListener, HoldStanding } from './hold-desk.ts';
import { RingPen, type PenPorts } from './ring-pen.ts';

/** What the holder of a ring's pen asks of the relay around it. */
export interface SourcePorts extends Omit<PenPorts, 'startHold'> {
  readonly clock: Clock;
  /** It is to say when it has a keyframe. */
  armIngest(ingestId: string): void;
  startHold(holdId: string, lane: number, broadcast: Broadcast, listener: HoldListener): void;
  /** There is a frame to begin with, for the first time or again. */
  onMedia(): void;
  onHoldStanding(standing: HoldStanding): void;
}

/** What a broadcast's ring is fed with: an encoder, or pictures and silence of the relay's own. */
export class RingSource implements HoldListener {
  readonly pen: RingPen;
  readonly #ports: SourcePorts;
  #begunAtMs: number | undefined;
  /** The ingest that has written since it was given the pen. */
  #writer: string | undefined;
  #hold: { readonly id: string; readonly status: HoldStatus } | undefined;

  constructor(broadcast: Broadcast, ports: SourcePorts) {
    this.#ports = ports;
    this.pen = new RingPen({
      timers: ports.timers,
      takeRing: (ingestId) => {
        this.#writer = undefined;
        ports.takeRing(ingestId);
      },
      yieldRing: (ingestId) => ports.yieldRing(ingestId),
      startHold: (holdId, lane) => ports.startHold(holdId, lane, broadcast, this),
      endHold: (holdId) => ports.endHold(holdId),
      holdLane: (preferred) => ports.holdLane(preferred),
    });
  }

  /** When the first frame was written that destinations can begin at; undefined before. */
  get begunAtMs(): number | undefined {
    return this.#begunAtMs;
  }

  /** An input has the pen, and has written. */
  get isWriting(): boolean {
    const { holder } = this.pen;
    return holder?.kind === 'ingest' && this.#writer === holder.id;
  }

  /** Whether attempts can be fed from it now. */
  get isJoinable(): boolean {
    const { holder } = this.pen;
    if (this.#begunAtMs === undefined || holder === null) return false;
    if (holder.kind === 'ingest') return this.isWriting;
    const hold = this.hold;
    return hold !== null && (hold.picture !== 'none' || hold.sound !== 'none');
  }

  /** What stands in for the encoder; null while it does not. */
  get hold(): HoldStatus | null {
    const { holder } = this.pen;
    return holder?.kind === 'hold' && this.#hold?.id === holder.id ? this.#hold.status : null;
  }

  /** The ingest has written a frame that destinations can begin at. */
  written(ingestId: string): void {
    const isNews = this.#begunAtMs === undefined || this.#writer !== ingestId;
    this.#begunAtMs ??= this.#ports.clock.monotonicMs();
    this.#writer = ingestId;
    if (isNews && this.isJoinable) this.#ports.onMedia();
  }

  /** It sends no picture any more, and is armed. One that has only been given the pen loses it. */
  frozen(ingestId: string): void {
    const hasWritten = this.#writer === ingestId;
    const isHolder = this.pen.holder?.id === ingestId;
    this.pen.frozen(ingestId, hasWritten);
    if (isHolder && !hasWritten) this.#ports.armIngest(ingestId);
  }

  onHoldStanding(holdId: string, standing: HoldStanding): void {
    const since = new Date(this.#ports.clock.wallMs()).toISOString();
    this.#hold = { id: holdId, status: { ...standing, since } };
    if (this.hold === null) return;
    this.#ports.onHoldStanding(standing);
    if (this.isJoinable) this.#ports.onMedia();
  }

  onHoldEnded(holdId: string): void {
    this.pen.holdEnded(holdId);
  }
}
