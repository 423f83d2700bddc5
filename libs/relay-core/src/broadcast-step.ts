import { assert } from '#kernel';
import type {
  BroadcastEffect,
  BroadcastPhase,
  BroadcastState,
  BroadcastStep,
  Input,
  InputHealth,
  InputRole,
} from './broadcast-state.ts';
import type { Newcomer } from './takeover.ts';

export interface PublishAsked extends Newcomer {
  readonly ingestId: string;
  /** The input that its key opens. */
  readonly role: InputRole;
}

export const PASS_TO_HOLD: BroadcastEffect = { kind: 'pass-pen', to: { kind: 'hold' } };

export function withInput(
  state: BroadcastState,
  { ingestId, address, encoder }: PublishAsked,
  role: InputRole,
  nowMs: number,
): BroadcastState {
  const input: Input = {
    ingestId,
    role,
    health: 'waiting',
    acceptedAtMs: nowMs,
    address,
    encoder,
  };
  return { ...state, inputs: [...state.inputs, input] };
}

export function withHealth(
  state: BroadcastState,
  ingestId: string,
  health: InputHealth,
): BroadcastState {
  const inputs = state.inputs.map((input) =>
    input.ingestId === ingestId ? { ...input, health } : input,
  );
  return { ...state, inputs };
}

/** Nobody writes where it was the one that did, and nobody is pending where it was. */
export function withoutInput(state: BroadcastState, ingestId: string): BroadcastState {
  return {
    ...state,
    inputs: state.inputs.filter((input) => input.ingestId !== ingestId),
    active: state.active === ingestId ? null : state.active,
    pending: state.pending?.ingestId === ingestId ? null : state.pending,
  };
}

export function stay(state: BroadcastState): BroadcastStep {
  return { state, effects: [] };
}

const NEXT: Readonly<Record<BroadcastPhase, ReadonlySet<BroadcastPhase>>> = {
  idle: new Set(['live']),
  live: new Set(['live', 'grace', 'idle']),
  grace: new Set(['grace', 'live', 'idle']),
};

/** The one place where the phase changes. */
export function to(
  { phase: from }: BroadcastState,
  state: BroadcastState,
  effects: readonly BroadcastEffect[],
): BroadcastStep {
  assert(NEXT[from].has(state.phase), `a broadcast goes from ${from} to ${state.phase}`);
  return { state, effects: [...effects, { kind: 'announce', from, to: state.phase }] };
}
