import { readFileSync } from 'node:fs';
import { LANE_LIMITS } from '#lanes';
import type { Refusal } from './ingest-gate.ts';
import type { MemoryClaim } from './memory-budget.ts';

/**
 * What a node needs of the file descriptors that the system gives its process, added up:
 *
 *   node = base + lanes × lane + pending connections + streams × inputs + destinations
 */
export const DESCRIPTOR_SUM = {
  /** The relay itself: the stores, its files and servers, and what a moment takes beside. */
  base: 64,
  /** What a thread listens and waits with. */
  lane: 16,
  /** A stream's encoders, one for each input. */
  inputs: 2,
} as const;

/** Of what the process itself leaves, connections that do not publish may have so much. */
const PENDING_SHARE = 0.25;

const LIMITS_FILE = '/proc/self/limits';

/** How many files and connections this process may have open; Infinity where nobody says. */
export function descriptorLimit(read: () => string = readLimits): number {
  const soft = /^Max open files\s+(\d+|unlimited)/m.exec(read())?.[1];
  return soft === undefined || soft === 'unlimited' ? Infinity : Number(soft);
}

function readLimits(): string {
  try {
    return readFileSync(LIMITS_FILE, 'utf8');
  } catch {
    // Not a system that says it there.
    return '';
  }
}

/**
 * Sees to it that who only connects cannot take the descriptors that destinations are dialled with,
 * and that no broadcast begins whose destinations would find none.
 */
export class DescriptorBudget {
  readonly limit: number;
  /** Of each lane, at a time. */
  readonly pendingConnectionsMax: number;
  /** For the encoders and destinations of all streams. */
  readonly connectionsMax: number;

  constructor({ limit, lanes }: { readonly limit: number; readonly lanes: number }) {
    this.limit = limit;
    const left = Math.max(0, limit - DESCRIPTOR_SUM.base - lanes * DESCRIPTOR_SUM.lane);
    const pending = Math.max(1, Math.floor((left * PENDING_SHARE) / lanes));
    this.pendingConnectionsMax = Math.min(LANE_LIMITS.pendingConnections, pending);
    this.connectionsMax = Math.max(0, left - lanes * this.pendingConnectionsMax);
  }

  /** For a broadcast that would begin now; `undefined` when it fits. Nobody else is disturbed. */
  refusal(claims: readonly MemoryClaim[], destinations: number): Refusal | undefined {
    const taken = claims.reduce((sum, claim) => sum + connectionsOf(claim.destinations), 0);
    const wanted = connectionsOf(destinations);
    if (taken + wanted <= this.connectionsMax) return undefined;
    return {
      admitted: false,
      code: 'NetStream.Publish.BadName',
      description: 'This server has no connections left for another live stream. Try again later.',
      cause:
        `needs ${wanted} connections, and ${Math.max(0, this.connectionsMax - taken)} are left ` +
        `of ${this.connectionsMax} with ${claims.length} live (${this.limit} open files)`,
    };
  }
}

function connectionsOf(destinations: number): number {
  return DESCRIPTOR_SUM.inputs + destinations;
}
