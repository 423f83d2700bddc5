import { assert, unreachable } from '#kernel';
import {
  checked,
  inputIn,
  inputOf,
  newBroadcast,
  otherRole,
  waitsUntilMs,
  type BroadcastEffect,
  type BroadcastNews,
  type BroadcastSettings,
  type BroadcastState,
  type BroadcastStep,
  type Input,
  type InputRole,
} from './broadcast-state.ts';
import {
  PASS_TO_HOLD,
  stay,
  to,
  withHealth,
  withInput,
  withoutInput,
  type PublishAsked,
} from './broadcast-step.ts';
import { judgeTakeover, TAKEOVER_WINDOW_MS } from './takeover.ts';

export type BroadcastEvent =
  /** An authorised encoder wants to publish. */
  | ({ readonly kind: 'publish-requested' } & PublishAsked)
  /** It sends media. */
  | { readonly kind: 'ingest-flowing'; readonly ingestId: string }
  /** It has a keyframe to go on with. */
  | { readonly kind: 'ingest-ready'; readonly ingestId: string }
  /** It sends no picture any more; where it had the pen, it has let go. */
  | { readonly kind: 'ingest-frozen'; readonly ingestId: string }
  /**
   * Its connection is gone. `clean`: it said so itself, which encoders also do when they blink.
   */
  | { readonly kind: 'ingest-lost'; readonly ingestId: string; readonly clean: boolean }
  /** The input that writes sends no picture at this moment; it may not be frozen yet. */
  | { readonly kind: 'picture-stale' }
  | { readonly kind: 'picture-back' }
  /** To that input, or to the other one. */
  | { readonly kind: 'switch-requested'; readonly to?: InputRole | undefined }
  | { readonly kind: 'end-now' }
  | { readonly kind: 'settings-changed'; readonly settings: BroadcastSettings }
  /** The one timer of this stream is due; may come early or late. */
  | { readonly kind: 'timer' };

/** The life of one stream. One input at most writes at any time, or the hold does. */
export function stepBroadcast(
  state: BroadcastState,
  event: BroadcastEvent,
  nowMs: number,
): BroadcastStep {
  switch (event.kind) {
    case 'publish-requested':
      return requestPublish(state, event, nowMs);
    case 'ingest-flowing':
      return stay(
        inputOf(state, event.ingestId)?.health === 'waiting'
          ? withHealth(state, event.ingestId, 'well')
          : state,
      );
    case 'ingest-ready':
      return ready(state, event.ingestId, nowMs);
    case 'ingest-frozen':
      return freeze(state, event.ingestId, nowMs);
    case 'ingest-lost':
      return lose(state, event.ingestId, event.clean, nowMs);
    case 'picture-stale':
      return turnTo(state, undefined, 'frozen');
    case 'picture-back':
      return turnBack(state);
    case 'switch-requested':
      return turnTo(state, event.to, 'asked');
    case 'end-now':
      return state.phase === 'idle' ? stay(state) : end(state, 'end-now');
    case 'settings-changed':
      return changeSettings(state, checked(event.settings), nowMs);
    case 'timer':
      return expireGrace(state, nowMs);
    default:
      return unreachable(event);
  }
}

function requestPublish(state: BroadcastState, asked: PublishAsked, nowMs: number): BroadcastStep {
  assert(inputOf(state, asked.ingestId) === undefined, 'an ingest asks to publish once');
  const holder = inputIn(state, asked.role);
  if (holder === undefined) return admit(state, asked, asked.role, nowMs);
  const other = otherRole(asked.role);
  if (state.settings.takeover === 'backup' && inputIn(state, other) === undefined) {
    return admit(state, asked, other, nowMs);
  }
  const { settings, contest: before } = state;
  const judgement = judgeTakeover(settings.takeover, holder, asked, before, nowMs);
  const { contest } = judgement;
  const { ingestId } = asked;
  if (judgement.verdict === 'refused') {
    const { reason, begins } = judgement;
    const refuse: BroadcastEffect = { kind: 'refuse-ingest', ingestId, reason };
    if (begins) return { state: { ...state, contest }, effects: [refuse, tell('encoders-fight')] };
    // An encoder asks again every few seconds: once a minute is enough for people.
    const { toldAtMs } = contest;
    const isNews = toldAtMs === null || nowMs - toldAtMs >= TAKEOVER_WINDOW_MS;
    if (!isNews || reason === 'fighting') {
      return { state: { ...state, contest }, effects: [refuse] };
    }
    const news: BroadcastNews = { what: 'encoder-refused', policy: settings.takeover };
    return {
      state: { ...state, contest: { ...contest, toldAtMs: nowMs } },
      effects: [refuse, { kind: 'tell', news }],
    };
  }
  const news: BroadcastNews = { what: 'encoder-taken-over', ground: judgement.ground };
  return takeOver({ ...state, contest }, holder, asked, news, nowMs);
}

/** The newcomer has no keyframe yet: until then the hold writes, unless another input does. */
function takeOver(
  before: BroadcastState,
  holder: Input,
  asked: PublishAsked,
  news: BroadcastNews,
  nowMs: number,
): BroadcastStep {
  const { ingestId } = asked;
  const wasNeeded =
    before.active === holder.ingestId || before.pending?.ingestId === holder.ingestId;
  const without = withoutInput(before, holder.ingestId);
  const why = before.pending?.why ?? 'taken-over';
  const state: BroadcastState = {
    ...withInput(without, asked, holder.role, nowMs),
    pending: wasNeeded && before.phase === 'live' ? { ingestId, why } : without.pending,
    heldSinceMs: before.active === holder.ingestId ? nowMs : before.heldSinceMs,
  };
  const effects: BroadcastEffect[] = [
    { kind: 'cut-ingest', ingestId: holder.ingestId, reason: 'taken-over' },
  ];
  if (before.active === holder.ingestId) effects.push(PASS_TO_HOLD, waitFor(state));
  effects.push({ kind: 'admit', ingestId, role: holder.role, pen: 'standby' });
  if (wasNeeded || state.active === null) effects.push({ kind: 'arm', ingestId });
  effects.push({ kind: 'tell', news });
  return to(before, state, effects);
}

function admit(
  before: BroadcastState,
  asked: PublishAsked,
  role: InputRole,
  nowMs: number,
): BroadcastStep {
  const { ingestId } = asked;
  const state = withInput(before, asked, role, nowMs);
  switch (before.phase) {
    case 'idle':
      return to(before, { ...state, phase: 'live', active: ingestId, lastRole: role }, [
        { kind: 'start-broadcast' },
        { kind: 'admit', ingestId, role, pen: 'now' },
      ]);
    case 'grace':
      // Whoever has a keyframe first goes on.
      return to(before, state, [
        { kind: 'admit', ingestId, role, pen: 'standby' },
        { kind: 'arm', ingestId },
      ]);
    case 'live':
      return to(before, state, [
        { kind: 'admit', ingestId, role, pen: 'standby' },
        // The one that is to go on may have less to show than this one.
        ...(before.active === null ? [{ kind: 'arm', ingestId } as const] : []),
        { kind: 'tell', news: { what: 'input-standby', role } },
      ]);
    default:
      return unreachable(before.phase);
  }
}

function ready(before: BroadcastState, ingestId: string, nowMs: number): BroadcastStep {
  const input = inputOf(before, ingestId);
  if (input === undefined || before.phase === 'idle') return stay(before);
  const state = withHealth(before, ingestId, 'well');
  if (before.active === ingestId) return stay(state);
  const { active, pending } = before;
  if (active !== null && pending?.ingestId !== ingestId) {
    return { state, effects: [{ kind: 'disarm', ingestId }] };
  }
  const after: BroadcastState = {
    ...state,
    phase: 'live',
    active: ingestId,
    lastRole: input.role,
    pending: null,
    heldSinceMs: null,
  };
  const effects: BroadcastEffect[] = [{ kind: 'pass-pen', to: { kind: 'ingest', ingestId } }];
  // A newcomer that took over was told of when it was let in.
  if (input.role !== before.lastRole) {
    const why = pending?.why ?? 'lost';
    effects.push({ kind: 'tell', news: { what: 'input-switched', role: input.role, why } });
  } else if (before.heldSinceMs !== null && pending?.why !== 'taken-over') {
    const awayMs = nowMs - before.heldSinceMs;
    effects.push({ kind: 'tell', news: { what: 'encoder-returned', awayMs } });
  }
  if (before.heldSinceMs !== null) effects.push({ kind: 'clear-timer' });
  return to(before, after, effects);
}

function freeze(before: BroadcastState, ingestId: string, nowMs: number): BroadcastStep {
  const input = inputOf(before, ingestId);
  if (input === undefined || input.health === 'frozen') return stay(before);
  return missing(withHealth(before, ingestId, 'frozen'), before, input, 'frozen', nowMs);
}

function lose(
  before: BroadcastState,
  ingestId: string,
  clean: boolean,
  nowMs: number,
): BroadcastStep {
  const input = inputOf(before, ingestId);
  if (input === undefined) return stay(before);
  const state = withoutInput(before, ingestId);
  const isLast = !state.inputs.some(({ health }) => health !== 'frozen');
  if (clean && before.settings.endOnUnpublish && isLast) return end(state, 'unpublished', before);
  return missing(state, before, input, 'lost', nowMs);
}

/** `input` is gone or frozen, as `state` says already. */
function missing(
  state: BroadcastState,
  before: BroadcastState,
  input: Input,
  why: 'lost' | 'frozen',
  nowMs: number,
): BroadcastStep {
  const { ingestId, role } = input;
  const frozen = why === 'frozen';
  if (before.phase === 'grace') return to(before, state, []);
  if (before.active !== ingestId && before.pending?.ingestId !== ingestId) {
    return to(before, state, [{ kind: 'tell', news: { what: 'input-lost', role, frozen } }]);
  }
  if (before.active !== null && before.active !== ingestId) {
    // It was to be switched to, and another one writes on.
    const news: BroadcastNews = { what: 'input-lost', role, frozen };
    return to(before, { ...state, pending: null }, [{ kind: 'tell', news }]);
  }
  return replace({ ...state, active: null, pending: null }, before, why, nowMs);
}

/** Nobody writes: the other input, if it is well, as soon as it has a keyframe. Else, grace. */
function replace(
  state: BroadcastState,
  before: BroadcastState,
  why: 'lost' | 'frozen',
  nowMs: number,
): BroadcastStep {
  // The hold writes already where the one that is gone had not yet begun.
  const held: BroadcastEffect[] = before.active === null ? [] : [PASS_TO_HOLD];
  const heldSinceMs = before.heldSinceMs ?? nowMs;
  const other = state.inputs.find(({ health }) => health === 'well');
  if (other !== undefined) {
    const { ingestId } = other;
    const bridged: BroadcastState = { ...state, pending: { ingestId, why }, heldSinceMs };
    return to(before, bridged, [...held, waitFor(bridged), ...armed(state)]);
  }
  const { graceSeconds } = state.settings;
  if (graceSeconds === 0) return end(state, 'grace-expired', before);
  const after: BroadcastState = { ...state, phase: 'grace', heldSinceMs };
  return to(before, after, [
    ...held,
    ...armed(state),
    { kind: 'tell', news: { what: 'encoder-lost', frozen: why === 'frozen', graceSeconds } },
    waitFor(after),
  ]);
}

/** Whoever has a keyframe first goes on; one that is frozen is armed of itself. */
function armed({ inputs }: BroadcastState): readonly BroadcastEffect[] {
  const able = inputs.filter(({ health }) => health !== 'frozen');
  return able.map(({ ingestId }) => ({ kind: 'arm', ingestId }));
}

/** The one that writes goes on until the other has a keyframe. */
function turnTo(
  state: BroadcastState,
  role: InputRole | undefined,
  why: 'asked' | 'frozen',
): BroadcastStep {
  const { active, pending } = state;
  if (active === null || (why === 'frozen' && pending !== null)) return stay(state);
  const target = state.inputs.find((input) =>
    role === undefined ? input.ingestId !== active : input.role === role,
  );
  if (target === undefined || target.ingestId === active || target.health === 'frozen') {
    return stay(state);
  }
  if (why === 'frozen' && target.health !== 'well') return stay(state);
  const { ingestId } = target;
  return {
    state: { ...state, pending: { ingestId, why } },
    effects: [{ kind: 'arm', ingestId }],
  };
}

/** Nobody asked for the other input, and the one that writes sends pictures again. */
function turnBack(state: BroadcastState): BroadcastStep {
  const { active, pending } = state;
  if (active === null || pending?.why !== 'frozen') return stay(state);
  const { ingestId } = pending;
  return { state: { ...state, pending: null }, effects: [{ kind: 'disarm', ingestId }] };
}

function end(
  state: BroadcastState,
  reason: 'end-now' | 'grace-expired' | 'unpublished',
  before: BroadcastState = state,
): BroadcastStep {
  const cuts = state.inputs.map(
    ({ ingestId }) => ({ kind: 'cut-ingest', ingestId, reason: 'broadcast-ended' }) as const,
  );
  const after = { ...newBroadcast(state.settings), contest: state.contest };
  const effects: BroadcastEffect[] = [...cuts, { kind: 'end-broadcast', reason }];
  if (before.heldSinceMs !== null) effects.push({ kind: 'clear-timer' });
  return to(before, after, effects);
}

function changeSettings(
  before: BroadcastState,
  settings: BroadcastSettings,
  nowMs: number,
): BroadcastStep {
  const state = { ...before, settings };
  const isSame = before.settings.graceSeconds === settings.graceSeconds;
  return isSame ? stay(state) : expireGrace(state, nowMs);
}

/** A timer that comes early is set again: otherwise nothing would ever end this waiting. */
function expireGrace(state: BroadcastState, nowMs: number): BroadcastStep {
  if (state.heldSinceMs === null) return stay(state);
  if (nowMs < waitsUntilMs(state)) return { state, effects: [waitFor(state)] };
  return end(state, 'grace-expired');
}

function waitFor(state: BroadcastState): BroadcastEffect {
  return { kind: 'set-timer', atMs: waitsUntilMs(state) };
}

function tell(what: 'encoders-fight'): BroadcastEffect {
  return { kind: 'tell', news: { what } };
}
