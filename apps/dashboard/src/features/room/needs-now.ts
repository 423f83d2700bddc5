import type { StreamStatus } from '#contracts';
import type { Incident } from '../../lib/incidents.ts';
import { isFailure, kindOf } from '../../lib/timeline-words.ts';

/** What is told of encoders and does not mend itself. */
const AWAIT_A_PERSON: ReadonlySet<string> = new Set(['ENCODERS_FIGHT', 'ENCODER_QUARANTINED']);

/** A destination that goes on only when a person has done something, and why it stands. */
export interface Needy {
  readonly destinationId: string;
  readonly code: string | null;
}

export function needyOf({ pushes }: Pick<StreamStatus, 'pushes'>): readonly Needy[] {
  return pushes
    .filter(({ enabled, state }) => enabled && state === 'needs_attention')
    .map(({ destinationId, lastError }) => ({ destinationId, code: lastError?.code ?? null }));
}

/**
 * Entries that tell of what still waits for a person: the failure that a destination stands at, and
 * encoders that fight, or are refused, until something else is told of an encoder.
 * @param entries newest first.
 * @param isOn there is a broadcast under way.
 */
export function needsNow(
  entries: readonly Incident[],
  needy: readonly Needy[],
  isOn: boolean,
): ReadonlySet<Incident> {
  const needs = new Set<Incident>();
  for (const { destinationId, code } of needy) {
    const last = entries.find((entry) => entry.destinationId === destinationId && isFailure(entry));
    if (last !== undefined && last.code === code) needs.add(last);
  }
  // What is sent in its place says nothing new of it.
  const ofEncoder = entries.find(
    (entry) => kindOf(entry) === 'ingest' && !entry.code.startsWith('HOLD_'),
  );
  if (isOn && ofEncoder !== undefined && AWAIT_A_PERSON.has(ofEncoder.code)) needs.add(ofEncoder);
  return needs;
}
