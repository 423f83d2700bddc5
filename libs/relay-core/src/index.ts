/**
 * What becomes of a stream and its pushes: who may publish, when to connect, when to try again,
 * when to give word. It refuses to hold sockets, timers, clocks or stores: events and the time come
 * in, effects go out. Parts: failure (classify-failure), back-off, push-state, push-machine,
 * broadcast-state, broadcast (broadcast-step, takeover), connect-gate, lease, placement,
 * quarantine.
 */
export type { FailureHistory } from './back-off.ts';
export { stepBroadcast, type BroadcastEvent } from './broadcast.ts';
export { GRACE_SECONDS_DEFAULT, GRACE_SECONDS_MAX } from './broadcast-state.ts';
export { graceEndsAtMs, hasSpareInput, inputOf, newBroadcast } from './broadcast-state.ts';
export type { BroadcastEffect, BroadcastEndReason, BroadcastNews } from './broadcast-state.ts';
export type { BroadcastSettings, BroadcastState, InputRole } from './broadcast-state.ts';
export type { PenTarget, RefusalReason } from './broadcast-state.ts';
export { classifyFailure } from './classify-failure.ts';
export type { AttemptStage, Fault } from './classify-failure.ts';
export { ConnectGate } from './connect-gate.ts';
export type { ConnectGateOptions, GateDecision } from './connect-gate.ts';
export { failureOf, isFailureCode } from './failure.ts';
export type { Failure, FailureClass, FailureCode } from './failure.ts';
export { mayDial, newLease, stepLease } from './lease.ts';
export type { LeaseEvent, LeaseState } from './lease.ts';
export { placeAttempt } from './placement.ts';
export type { PlacedAttempt } from './placement.ts';
export { ATTEMPT_MS_MAX, stepPush } from './push-machine.ts';
export type { PushEffect, PushEvent, PushStep } from './push-machine.ts';
export { Quarantine, QUARANTINE_MS } from './quarantine.ts';
export { attemptNumber, newPush, rememberPush, restorePush } from './push-state.ts';
export type {
  Attempt,
  EndMode,
  Evidence,
  PushMemory,
  PushPhase,
  PushState,
  PushTarget,
  PushTerms,
} from './push-state.ts';
