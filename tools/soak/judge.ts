import type { FaultCost, FaultPlace } from './fault-kinds.ts';
import type { HeardKind } from './receiver.ts';

/** From a fault's beginning until what it cost has been heard, in milliseconds of the run. */
export interface Period {
  readonly number: number;
  readonly place: FaultPlace;
  readonly costs: FaultCost;
  readonly target: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Something unusual at a witness (`destination 1.2`) or an encoder (`stream 1`). */
export interface Incident {
  readonly atMs: number;
  readonly who: string;
  readonly kind: HeardKind | 'encoder lost';
  readonly what: string;
}

export interface Anomaly {
  readonly atMs: number;
  readonly who: string;
  readonly what: string;
  /** The faults that were under way. */
  readonly during: readonly number[];
}

/** What may be, while a fault of that cost is under way. */
const ALLOWED: Readonly<Record<FaultCost, ReadonlySet<Incident['kind']>>> = {
  nothing: new Set(),
  splice: new Set(['spliced', 'paused']),
  rejoin: new Set(['spliced', 'paused', 'rejoined', 'encoder lost']),
};

/** What nothing that was done excuses. */
export function anomaliesOf(
  incidents: readonly Incident[],
  periods: readonly Period[],
): readonly Anomaly[] {
  return incidents.flatMap((incident) => {
    const under = periods.filter(
      ({ fromMs, toMs }) => fromMs <= incident.atMs && incident.atMs <= toMs,
    );
    if (under.some((period) => excuses(period, incident))) return [];
    const { atMs, who, what } = incident;
    return [{ atMs, who, what, during: under.map(({ number }) => number) }];
  });
}

/** Whether what befalls the one keeps the other from being as before. */
export function holdsUp(
  { place, target }: Pick<Period, 'place' | 'target'>,
  other: string,
): boolean {
  if (place === 'house') return true;
  if (place !== 'stream') return false;
  // The house and the door are well when every stream is.
  return (
    other === 'house' ||
    other === 'door' ||
    other.startsWith(`destination ${target.split(' ')[1]}.`)
  );
}

function excuses({ costs, place, target }: Period, { kind, who }: Incident): boolean {
  if (!ALLOWED[costs].has(kind)) return false;
  if (place === 'house') return true;
  const number = target.split(' ')[1];
  return who === target || who.startsWith(`destination ${number}.`);
}
