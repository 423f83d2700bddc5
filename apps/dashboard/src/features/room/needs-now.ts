import type { StreamStatus } from '#contracts';
import type { Incident } from '../../lib/incidents.ts';
import { isFailure, kindOf } from '../../lib/timeline-words.ts';

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
 * encoders that fight until something else is told of an encoder.
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
  const ofEncoder = entries.find((entry) => kindOf(entry) === 'ingest');
  if (isOn && ofEncoder?.code === 'ENCODERS_FIGHT') needs.add(ofEncoder);
  return needs;
}
