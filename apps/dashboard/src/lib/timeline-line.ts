import type { Incident } from './incidents.ts';

/** One line: an entry, or several of one thing that say the same. */
export interface TimelineLine {
  /** Oldest first, and at least one. */
  readonly entries: readonly Incident[];
  readonly first: Incident;
  readonly last: Incident;
  /** How often it was said, was tried, or was in trouble. */
  readonly times: number;
  readonly told: 'words' | 'tries' | 'troubles';
}
