import { assert } from '#kernel';

/** A stream has two inputs; each has one encoder at most. */
export type InputRole = 'primary' | 'backup';

/** What becomes of a second encoder with the same key. */
export type TakeoverPolicy = 'takeover' | 'reject' | 'backup';

/** `waiting`: let in, and no picture seen. `frozen`: connected, and sends no picture any more. */
export type InputHealth = 'waiting' | 'well' | 'frozen';

export interface Input {
  readonly ingestId: string;
  readonly role: InputRole;
  readonly health: InputHealth;
  readonly acceptedAtMs: number;
  readonly address: string;
  /** What it calls itself; may be empty. */
  readonly encoder: string;
}

export interface BroadcastSettings {
  readonly graceSeconds: number;
  /** Whether an encoder that says goodbye ends the broadcast at once. */
  readonly endOnUnpublish: boolean;
  readonly takeover: TakeoverPolicy;
}

export type BroadcastPhase = 'idle' | 'live' | 'grace';

/**
 * Whether a stream is live, and which of its inputs writes.
 *
 *     idle ──admitted──▶ live ──no input left──▶ grace ──expired──▶ idle
 *                         ▲ └────── end now ───────┼──── end now ─────▲
 *                         └───── input ready ──────┘
 *
 * In `live` without an active input, one that is pending is about to have a keyframe.
 */
export interface BroadcastState {
  readonly phase: BroadcastPhase;
  readonly settings: BroadcastSettings;
  readonly inputs: readonly Input[];
  /** The input that writes. */
  readonly active: string | null;
  /** The role of the input that wrote last. */
  readonly lastRole: InputRole;
  /** Gets the pen as soon as it has a keyframe. */
  readonly pending: { readonly ingestId: string; readonly why: SwitchReason } | null;
  /** Since when the hold writes; null while an input does. */
  readonly heldSinceMs: number | null;
  readonly contest: Contest;
}

/** What is remembered of encoders that throw each other out. */
export interface Contest {
  /** When a newcomer won last. */
  readonly wonAtMs: number | null;
  /** When newcomers won over one that was sending, not longer ago than the window. */
  readonly takeoversAtMs: readonly number[];
  /** Two encoders fight: when the last newcomer asked; null in peace. */
  readonly fightAskedAtMs: number | null;
  /** When a refusal was last told. */
  readonly toldAtMs: number | null;
}

export type SwitchReason = 'lost' | 'frozen' | 'asked' | 'taken-over';

export type BroadcastEndReason = 'end-now' | 'grace-expired' | 'unpublished';

/** Why a newcomer may have the place of the one before. */
export type TakeoverGround = 'silent' | 'same-address' | 'same-encoder';

export type RefusalReason = 'busy' | 'fighting';

/** Who is to have the ring's pen. */
export type PenTarget =
  { readonly kind: 'ingest'; readonly ingestId: string } | { readonly kind: 'hold' };

/** What people are to be told. */
export type BroadcastNews =
  /** Nothing is left that could take its place. */
  | { readonly what: 'encoder-lost'; readonly frozen: boolean; readonly graceSeconds: number }
  | { readonly what: 'encoder-returned'; readonly awayMs: number }
  | { readonly what: 'encoder-taken-over'; readonly ground: TakeoverGround }
  | { readonly what: 'encoder-refused'; readonly policy: TakeoverPolicy }
  | { readonly what: 'encoders-fight' }
  | { readonly what: 'input-standby'; readonly role: InputRole }
  | { readonly what: 'input-lost'; readonly role: InputRole; readonly frozen: boolean }
  | { readonly what: 'input-switched'; readonly role: InputRole; readonly why: SwitchReason };

/** What the shell is to do, in this order. */
export type BroadcastEffect =
  /**
   * Let it in: as the writer, or to stand by.
   */
  | {
      readonly kind: 'admit';
      readonly ingestId: string;
      readonly role: InputRole;
      readonly pen: 'now' | 'standby';
    }
  /** Have it say when it has a keyframe to go on with. */
  | { readonly kind: 'arm'; readonly ingestId: string }
  /** It is not needed after all. */
  | { readonly kind: 'disarm'; readonly ingestId: string }
  /** Replaces the target before, also where that never came to have the pen. */
  | { readonly kind: 'pass-pen'; readonly to: PenTarget }
  /** Close this ingest with a reset; its `ingest-lost` may still come and changes nothing. */
  | {
      readonly kind: 'cut-ingest';
      readonly ingestId: string;
      readonly reason: 'taken-over' | 'broadcast-ended';
    }
  /** Answer NetStream.Publish.BadName, then close. */
  | { readonly kind: 'refuse-ingest'; readonly ingestId: string; readonly reason: RefusalReason }
  | { readonly kind: 'start-broadcast' }
  | { readonly kind: 'end-broadcast'; readonly reason: BroadcastEndReason }
  /** Replaces the timer that was set before. */
  | { readonly kind: 'set-timer'; readonly atMs: number }
  | { readonly kind: 'clear-timer' }
  | { readonly kind: 'tell'; readonly news: BroadcastNews }
  | { readonly kind: 'announce'; readonly from: BroadcastPhase; readonly to: BroadcastPhase };

export interface BroadcastStep {
  readonly state: BroadcastState;
  readonly effects: readonly BroadcastEffect[];
}

export const GRACE_SECONDS_DEFAULT = 60;
export const GRACE_SECONDS_MAX = 1_800;
/** An encoder that came back just before the end of the grace period has so long for a keyframe. */
export const KEYFRAME_WAIT_MS = 10_000;

const SETTINGS_DEFAULT: BroadcastSettings = {
  graceSeconds: GRACE_SECONDS_DEFAULT,
  endOnUnpublish: false,
  takeover: 'takeover',
};

export function newBroadcast(settings: Partial<BroadcastSettings> = {}): BroadcastState {
  return {
    phase: 'idle',
    settings: checked({ ...SETTINGS_DEFAULT, ...settings }),
    inputs: [],
    active: null,
    lastRole: 'primary',
    pending: null,
    heldSinceMs: null,
    contest: { wonAtMs: null, takeoversAtMs: [], fightAskedAtMs: null, toldAtMs: null },
  };
}

export function checked(settings: BroadcastSettings): BroadcastSettings {
  const { graceSeconds } = settings;
  assert(
    graceSeconds >= 0 && graceSeconds <= GRACE_SECONDS_MAX,
    `the grace period is between 0 and ${GRACE_SECONDS_MAX} seconds`,
  );
  return settings;
}

/** Null outside of the grace period. */
export function graceEndsAtMs(state: BroadcastState): number | null {
  return state.phase === 'grace' ? waitsUntilMs(state) : null;
}

/**
 * While the hold writes: when the broadcast ends unless an input has a keyframe by then. Whoever
 * has only just come, or been asked, has its time for one, however short the grace period is.
 */
export function waitsUntilMs({ phase, inputs, heldSinceMs, settings }: BroadcastState): number {
  const sinceMs = heldSinceMs ?? 0;
  const waiting = inputs.filter(({ health }) => health === 'waiting');
  return Math.max(
    sinceMs + settings.graceSeconds * 1_000,
    ...waiting.map(({ acceptedAtMs }) => acceptedAtMs + KEYFRAME_WAIT_MS),
    ...(phase === 'live' ? [sinceMs + KEYFRAME_WAIT_MS] : []),
  );
}

export function inputOf(state: BroadcastState, ingestId: string): Input | undefined {
  return state.inputs.find((input) => input.ingestId === ingestId);
}

/** An input writes, and the other could. */
export function hasSpareInput({ active, inputs }: BroadcastState): boolean {
  return active !== null && inputs.some((one) => one.ingestId !== active && one.health === 'well');
}

export function inputIn(state: BroadcastState, role: InputRole): Input | undefined {
  return state.inputs.find((input) => input.role === role);
}

export function otherRole(role: InputRole): InputRole {
  return role === 'primary' ? 'backup' : 'primary';
}
