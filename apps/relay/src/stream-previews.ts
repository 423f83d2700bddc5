import { randomUUID } from 'node:crypto';
import type { Cancel, Timers } from '#kernel';
import type { Broadcast } from './broadcast.ts';
import type { Dialler } from './dialler.ts';
import { streamShownId, type PreviewRefusal, type PreviewViewer } from './preview-desk.ts';

/** Who looks at one stream at a time. */
export const STREAM_PREVIEW_VIEWERS_MAX = 4;
/** Streams of this node that are looked at at a time; each may keep `SINK_KEPT_BYTES_MAX`. */
export const STREAM_PREVIEWS_MAX = 8;
/** Nobody looks any more: a page that only opens anew finds it still there. */
export const PREVIEW_UNSEEN_MS = 5_000;

export interface StreamPreviewPorts {
  readonly timers: Timers;
  readonly dialler: Pick<Dialler, 'dialPreview' | 'end' | 'previews'>;
  /** What a stream can be shown from now; undefined where nothing is written. */
  mediaOf(streamId: string): Broadcast | undefined;
  /** Its broadcast goes on, also where nobody writes at the moment. */
  isOn(streamId: string): boolean;
  /** Whether the node's memory holds another one. */
  hasRoom(): boolean;
}

interface Preview {
  readonly attemptId: string;
  readonly broadcast: Broadcast;
  viewers: number;
  cancelEnd: Cancel;
}

/**
 * What goes out of each stream, for who looks at it: an attempt to a built-in destination that is
 * there only while somebody looks. It is in no status, no history and no quota.
 */
export class StreamPreviews {
  readonly #ports: StreamPreviewPorts;
  readonly #previews = new Map<string, Preview>();

  constructor(ports: StreamPreviewPorts) {
    this.#ports = ports;
  }

  /** The answer is called when the viewer goes; it is not called `end` on then. */
  open(streamId: string, viewer: PreviewViewer): (() => void) | PreviewRefusal {
    const preview = this.#of(streamId);
    if (typeof preview === 'string') return preview;
    const leave = this.#ports.dialler.previews.open(streamShownId(streamId), viewer);
    if (typeof leave === 'string') return leave;
    preview.cancelEnd();
    preview.viewers += 1;
    return () => {
      leave();
      preview.viewers -= 1;
      if (preview.viewers > 0) return;
      preview.cancelEnd = this.#ports.timers.after(PREVIEW_UNSEEN_MS, () => this.#end(preview));
    };
  }

  /** Ends what is shown of broadcasts that are over. Called on a beat. */
  look(): void {
    for (const preview of [...this.#previews.values()]) {
      if (!this.#stands(preview)) this.#end(preview);
    }
  }

  #of(streamId: string): Preview | PreviewRefusal {
    const known = this.#previews.get(streamId);
    if (known !== undefined && this.#stands(known)) return known;
    if (known !== undefined) this.#end(known);
    const broadcast = this.#ports.mediaOf(streamId);
    if (broadcast === undefined) return 'not-live';
    if (this.#previews.size >= STREAM_PREVIEWS_MAX || !this.#ports.hasRoom()) return 'too-many';
    const attemptId = randomUUID();
    const preview = { attemptId, broadcast, viewers: 0, cancelEnd: () => undefined };
    const listener = {
      onReached: () => undefined,
      onDegraded: () => undefined,
      onFigures: () => undefined,
      onEnded: () => this.#forget(preview),
    };
    const max = STREAM_PREVIEW_VIEWERS_MAX;
    if (!this.#ports.dialler.dialPreview(attemptId, broadcast, listener, max)) return 'not-live';
    this.#previews.set(streamId, preview);
    return preview;
  }

  /** Between two writers there is nothing to begin with, and what has begun goes on. */
  #stands({ broadcast: { id, streamId } }: Preview): boolean {
    const media = this.#ports.mediaOf(streamId);
    return media === undefined ? this.#ports.isOn(streamId) : media.id === id;
  }

  /** Whoever still looks is told now, whatever the lane does. */
  #end(preview: Preview): void {
    this.#forget(preview);
    this.#ports.dialler.end(preview.attemptId, 'deliberate');
    this.#ports.dialler.previews.ended(preview.attemptId);
  }

  #forget(preview: Preview): void {
    const { streamId } = preview.broadcast;
    preview.cancelEnd();
    if (this.#previews.get(streamId) === preview) this.#previews.delete(streamId);
  }
}
