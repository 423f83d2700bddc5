import { setTimeout as delay } from 'node:timers/promises';
import type { PushState, PushStatus, StreamStatus } from '#contracts';
import { monotonicMs } from '#testing';
import type { Scene, SoakPush, SoakStream } from './scene.ts';

const LOOK_MS = 1_000;
/** What is told may be so old. */
export const WRONG_MS_MAX = 2_000;
/** Media that came within this time is coming now. */
const NOW_MS = 1_000;

const TOLD_LIVE: ReadonlySet<PushState> = new Set(['live', 'degraded', 'draining']);

/** What the destination itself knows. */
export interface Truth {
  readonly isPublishing: boolean;
  readonly mediaAtMs: number;
}

/** Whether what is told of a push contradicts its destination. */
export function contradicts(state: PushState, truth: Truth, nowMs: number): boolean {
  if (TOLD_LIVE.has(state)) return !truth.isPublishing;
  return truth.isPublishing && nowMs - truth.mediaAtMs < NOW_MS;
}

/** A push was told wrongly for longer than it may be. */
export interface Wrong {
  readonly atMs: number;
  readonly label: string;
  readonly state: PushState;
  forMs: number;
}

interface Told {
  readonly status: StreamStatus;
  readonly atMs: number;
}

/** Asks the API once a second what is so, and compares it with what the destinations see. */
export class StatusWatch {
  /** What took longer than it may, in order. */
  readonly wrongs: Wrong[] = [];
  readonly #scene: Scene;
  readonly #isDisturbed: () => boolean;
  readonly #told = new Map<SoakStream, Told>();
  readonly #wrongSince = new Map<SoakPush, Wrong>();
  #answers = 0;
  #refusals = 0;
  #contradictions = 0;
  #longestWrongMs = 0;
  #isOver = false;

  /** While it `isDisturbed` nobody promises that the API knows. */
  constructor(scene: Scene, isDisturbed: () => boolean) {
    this.#scene = scene;
    this.#isDisturbed = isDisturbed;
    for (const stream of scene.streams) void this.#watch(stream);
  }

  get counts() {
    const longestWrongMs = this.#longestWrongMs;
    const counts = { answers: this.#answers, refusals: this.#refusals };
    return { ...counts, contradictions: this.#contradictions, longestWrongMs };
  }

  stop(): void {
    this.#isOver = true;
  }

  /** What was told of a push, unless that was before `sinceMs`. */
  told(push: SoakPush, sinceMs: number): PushStatus | undefined {
    const told = this.#told.get(this.#scene.streamOf(push));
    if (told === undefined || told.atMs < sinceMs) return undefined;
    return pushOf(told.status, push);
  }

  async #watch(stream: SoakStream): Promise<void> {
    while (!this.#isOver) {
      const askedAtMs = monotonicMs();
      try {
        const status = await this.#scene.house.api.status(stream.stream.id);
        this.#answers += 1;
        this.#told.set(stream, { status, atMs: askedAtMs });
        this.#compare(stream, status);
      } catch {
        this.#refusals += 1;
        for (const push of stream.pushes) this.#wrongSince.delete(push);
      }
      await delay(Math.max(0, askedAtMs + LOOK_MS - monotonicMs()));
    }
  }

  #compare(stream: SoakStream, status: StreamStatus): void {
    const nowMs = monotonicMs();
    for (const push of stream.pushes) {
      const state = pushOf(status, push)?.state ?? 'stopped';
      const isWrong = !this.#isDisturbed() && contradicts(state, push.receiver, nowMs);
      if (!isWrong) {
        this.#wrongSince.delete(push);
        continue;
      }
      this.#contradictions += 1;
      const wrong = this.#wrongSince.get(push) ?? {
        ...{ atMs: nowMs, label: push.label, state, forMs: 0 },
      };
      this.#wrongSince.set(push, wrong);
      wrong.forMs = Math.round(nowMs - wrong.atMs);
      this.#longestWrongMs = Math.max(this.#longestWrongMs, wrong.forMs);
      if (wrong.forMs > WRONG_MS_MAX && !this.wrongs.includes(wrong)) this.wrongs.push(wrong);
    }
  }
}

function pushOf({ pushes }: StreamStatus, { destination }: SoakPush): PushStatus | undefined {
  return pushes.find(({ destinationId }) => destinationId === destination.id);
}
