import { waitFor } from './wait-for.ts';

const SETTLE_WITHIN_MS = 5000;

/** What keeps this process alive now, by kind: sockets, timers, child processes, workers. */
function census(): Map<string, number> {
  const counts = new Map<string, number>();
  for (const kind of process.getActiveResourcesInfo()) {
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}

/**
 * Counts what is open now. The answer, called when everything is to be closed again, waits until no
 * kind has more than before, and throws naming those that have.
 */
export function watchResources(): () => Promise<void> {
  const before = census();
  return async () => {
    let leaks: string[] = [];
    const settled = () => {
      leaks = [...census()]
        // The wait itself is a timer.
        .filter(([kind, count]) => kind !== 'Timeout' && count > (before.get(kind) ?? 0))
        .map(([kind, count]) => `${count - (before.get(kind) ?? 0)} × ${kind}`);
      return leaks.length === 0;
    };
    await waitFor('everything opened is closed', settled, SETTLE_WITHIN_MS).catch(
      (thrown: unknown) => {
        throw new Error(`left open: ${leaks.join(', ')}`, { cause: thrown });
      },
    );
  };
}
