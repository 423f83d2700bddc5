import type { AvcSets } from './avc-sets.ts';
import type { SliceFault, SliceHeader } from './slice-header.ts';

/** A picture that the next may refer to. */
interface Reference {
  readonly frameNumber: number;
  readonly order: number;
}

/** Operations of memory_management_control_operation, H.264 table 7-9. */
const Operation = { FORGET: 1, FORGET_LONG: 2, LIMIT_LONG: 4 } as const;

export type HistoryFault = SliceFault | 'it keeps pictures for long' | 'its order is not known';

/** What the next picture of a stream must continue: frame number, order, and what to refer to. */
export class PictureHistory {
  sets: AvcSets;
  /** The newest on the screen, of all pictures (section 8.2.1). */
  order = 0;
  /** In the order of coding (section 8.2.5.3). */
  #references: Reference[] = [];
  #frameNumber = 0;
  #referenceOrder = 0;

  /** Begins at a keyframe, which is the first to follow. */
  constructor(header: SliceHeader) {
    this.sets = header.sets;
    this.#referenceOrder = header.isIdr ? 0 : header.orderBits;
    this.#frameNumber = header.frameNumber;
  }

  /** Takes the first slice of the next picture. Gives why it cannot be followed. */
  follow(header: SliceHeader): HistoryFault | undefined {
    this.sets = header.sets;
    if (header.isLongTerm) return 'it keeps pictures for long';
    const topOrder = this.#orderOf(header);
    const order = topOrder + Math.max(0, header.bottomOrder);
    this.order = header.isIdr ? order : Math.max(this.order, order);
    if (header.importance === 0) return undefined;
    const fault = this.#mark(header);
    const isGap = header.frameNumber !== this.nextFrameNumber;
    if (isGap && header.frameNumber !== this.#frameNumber) this.#references.length = 0;
    this.#frameNumber = header.frameNumber;
    this.#referenceOrder = topOrder;
    this.#references.push({ frameNumber: header.frameNumber, order });
    return fault;
  }

  /** Section 7.4.3: the same for the next picture whether or not the last was referred to. */
  get nextFrameNumber(): number {
    return (this.#frameNumber + 1) % this.#frameNumbers;
  }

  /** How far back the frame number of the newest on the screen lies; 1 is the last coded. */
  get stepsToNewest(): number {
    let newest: Reference | undefined = undefined;
    for (const reference of this.#references) {
      if (newest === undefined || reference.order >= newest.order) newest = reference;
    }
    if (newest === undefined) return 1;
    const steps = this.nextFrameNumber - newest.frameNumber;
    return steps > 0 ? steps : steps + this.#frameNumbers;
  }

  /** Takes note of a picture shown after all others, which the next ones refer to. */
  advance(order: number): void {
    this.#frameNumber = this.nextFrameNumber;
    this.#slide();
    this.order = order;
    this.#referenceOrder = order;
    this.#references.push({ frameNumber: this.#frameNumber, order });
  }

  /** The order tells of itself by its low bits: it must stay near (section 8.2.1.1). */
  isReachable(order: number): boolean {
    const { orderType, orderBits } = this.sets.sequence;
    return orderType !== 0 || order - this.#referenceOrder < 2 ** (orderBits - 1);
  }

  get #frameNumbers(): number {
    return 2 ** this.sets.sequence.frameNumberBits;
  }

  /** Of the top field; where no order is told, that of coding will do. */
  #orderOf(header: SliceHeader): number {
    const { orderType, orderBits } = header.sets.sequence;
    if (orderType !== 0) return this.order + 1;
    if (header.isIdr) return header.orderBits;
    const range = 2 ** orderBits;
    const before = ((this.#referenceOrder % range) + range) % range;
    let step = header.orderBits - before;
    if (step <= -range / 2) step += range;
    if (step > range / 2) step -= range;
    return this.#referenceOrder + step;
  }

  #mark(header: SliceHeader): HistoryFault | undefined {
    if (header.isIdr) this.#references.length = 0;
    else if (header.commands.length === 0) this.#slide();
    for (const { operation, difference } of header.commands) {
      if (operation === Operation.FORGET_LONG || operation === Operation.LIMIT_LONG) continue;
      if (operation !== Operation.FORGET) return 'it keeps pictures for long';
      const gone =
        (header.frameNumber - difference - 1 + 2 * this.#frameNumbers) % this.#frameNumbers;
      this.#references = this.#references.filter(({ frameNumber }) => frameNumber !== gone);
    }
    return undefined;
  }

  #slide(): void {
    const room = Math.max(1, this.sets.sequence.referenceFramesMax);
    if (this.#references.length >= room) this.#references.shift();
  }
}
