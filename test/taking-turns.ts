import type { TestSpecification } from 'vitest/node';
import { BaseSequencer } from 'vitest/node';

/** Of these projects, in one group, a file of the one is followed by some of the other. */
const BY_TURNS: ReadonlySet<string> = new Set(['e2e-pairs', 'faults', 'integration']);
/** Waits for the next full minute of the clock, and longer than any other file. */
const FIRST = 'test/e2e/webhooks.spec.ts';

/**
 * What waits and what works take turns, so that cores are neither idle nor fought over: an
 * end-to-end file waits for most of its time, an integration file hardly ever. Whatever else is in
 * their group comes after them, in Vitest's own order.
 */
export class TakingTurns extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const places = new Map<TestSpecification, number>();
    for (const name of BY_TURNS) {
      const own = sorted.filter(({ project }) => project.name === name);
      own.forEach((file, index) => places.set(file, placeOf(file, (index + 0.5) / own.length)));
    }
    const groupOf = ({ project }: TestSpecification) => project.config.sequence.groupOrder;
    const placeIn = (file: TestSpecification) => places.get(file) ?? 1;
    return sorted.toSorted(
      (one, other) => groupOf(one) - groupOf(other) || placeIn(one) - placeIn(other),
    );
  }
}

function placeOf({ moduleId }: TestSpecification, place: number): number {
  return moduleId.endsWith(FIRST) ? 0 : place;
}
