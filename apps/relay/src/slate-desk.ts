import { createHash } from 'node:crypto';
import { CodedError, sentenceOf } from '#kernel';
import { RingReader } from '#ring';
import { slateCoding, slateFault, type SlateCoding } from '#still';
import type { Broadcast } from './broadcast.ts';
import type { SlateImage } from './slate-render.ts';

export interface SlatePorts {
  /** The picture that is the stream's slate now. Rejects when Postgres is away. */
  load(streamId: string): Promise<(SlateImage & { readonly sha256: string }) | undefined>;
  /** Rejects with a RenderFault. */
  render(image: SlateImage, coding: SlateCoding): Promise<Uint8Array>;
  readonly files: {
    read(name: string): Promise<Uint8Array | undefined>;
    write(name: string, bytes: Uint8Array): Promise<void>;
  };
  /** Never a reason to stop: the last picture is held instead. */
  onTrouble(what: string, error: unknown): void;
}

interface Entry {
  /** Which picture, for which parameter sets. */
  readonly name: string;
  bytes: Uint8Array | null;
}

type Headers = ReturnType<RingReader['headers']>;

interface Order {
  readonly streamId: string;
  readonly sha256: string;
  readonly name: string;
  readonly headers: Headers;
  readonly coding: SlateCoding;
}

/**
 * The slates of all broadcasts, coded to match them while their encoders are there, so that a hold
 * need not wait. One is coded at a time: streams come first.
 */
export class SlateDesk {
  readonly #ports: SlatePorts;
  readonly #entries = new Map<string, Entry>();
  #work: Promise<void> = Promise.resolve();

  constructor(ports: SlatePorts) {
    this.#ports = ports;
  }

  /** What a hold is to show; null: the last picture. */
  of({ id }: Broadcast): Uint8Array | null {
    return this.#entries.get(id)?.bytes ?? null;
  }

  /**
   * Sees to it that there is such a slate for what the encoder sends now. `onUnusable` hears once
   * for each picture and set of parameters why there can be none.
   */
  prepare(broadcast: Broadcast, sha256: string | null, onUnusable: (reason: string) => void): void {
    const { id, streamId, ring } = broadcast;
    if (sha256 === null) {
      this.#entries.delete(id);
      return;
    }
    const headers = new RingReader(ring).headers();
    const coding = slateCoding(headers);
    const name = createHash('sha256')
      .update(`${sha256} ${JSON.stringify(coding)}`)
      .digest('hex');
    if (this.#entries.get(id)?.name === name) return;
    const entry: Entry = { name, bytes: null };
    this.#entries.set(id, entry);
    if (typeof coding === 'string') {
      onUnusable(coding);
      return;
    }
    const isWanted = (): boolean => this.#entries.get(id) === entry;
    this.#work = this.#work.then(async () => {
      if (!isWanted()) return;
      try {
        entry.bytes = await this.#make({ streamId, sha256, name, headers, coding });
      } catch (error) {
        if (error instanceof CodedError && String(error.code).startsWith('SLATE_')) {
          onUnusable(sentenceOf(error));
          return;
        }
        this.#ports.onTrouble('a slate could not be made', error);
      }
      // What was not to be had just now is asked for again at the next occasion.
      if (entry.bytes === null && isWanted()) this.#entries.delete(id);
    });
  }

  /** Its broadcast is over. */
  forget({ id }: Broadcast): void {
    this.#entries.delete(id);
  }

  /** Null where the picture is another by now. */
  async #make({ streamId, sha256, name, headers, coding }: Order): Promise<Uint8Array | null> {
    const ports = this.#ports;
    const kept = await ports.files.read(name).catch((error: unknown) => {
      ports.onTrouble('a slate on the disk cannot be read', error);
      return undefined;
    });
    if (kept !== undefined && slateFault(headers, kept) === undefined) return kept;
    const image = await ports.load(streamId);
    if (image?.sha256 !== sha256) return null;
    const bytes = await ports.render(image, coding);
    const fault = slateFault(headers, bytes);
    if (fault !== undefined) throw new CodedError('SLATE_UNLIKE', fault);
    await ports.files.write(name, bytes).catch((error: unknown) => {
      ports.onTrouble('a slate cannot be kept on the disk', error);
    });
    return bytes;
  }
}
