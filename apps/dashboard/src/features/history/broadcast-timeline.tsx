import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'wouter';
import { Button } from '../../components/button.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { Timeline } from '../../components/timeline.tsx';
import { historyApi } from '../../lib/history-api.ts';
import type { PastBroadcastDetail, Timeline as Told } from '../../lib/history-api.ts';
import type { Incident } from '../../lib/incidents.ts';
import { useResource } from '../../lib/resource.ts';
import { countWords } from '../../lib/words.ts';
import { withChoice } from './history-query.ts';
import { neededSomebody, outcomesOf } from './outcomes.ts';

interface PartProps {
  readonly broadcast: PastBroadcastDetail;
}

/** What happened, in the order in which it did. */
export function BroadcastTimeline({ broadcast }: PartProps) {
  const { id } = broadcast;
  const load = useCallback(() => historyApi.timeline(id), [id]);
  const { state, reload } = useResource(load);
  return (
    <section className="card" aria-label="Timeline">
      <h2>What happened</h2>
      {state.kind === 'loading' && <p className="hint">Loading…</p>}
      {state.kind !== 'loading' && <ProblemNote problem={state.problem} />}
      {state.kind === 'failed' && (
        <p>
          <Button onClick={reload}>Read the timeline again</Button>
        </p>
      )}
      {state.kind === 'ready' && <Entries broadcast={broadcast} told={state.value} />}
    </section>
  );
}

interface EntriesProps extends PartProps {
  readonly told: Told;
}

function Entries({ broadcast, told: { events, isCut } }: EntriesProps) {
  const [query, setQuery] = useSearchParams();
  const destinations = useMemo(
    () => outcomesOf(broadcast).map(({ destinationId: id, name }) => ({ id, name })),
    [broadcast],
  );
  const rejected = useMemo(
    () => new Set(broadcast.attempts.filter(neededSomebody).map(({ code }) => code ?? '')),
    [broadcast],
  );
  const asked = ({ code }: Incident): boolean => rejected.has(code);
  if (events.length === 0) return <p className="empty">Nothing is kept of what happened.</p>;
  return (
    <>
      <Timeline
        entries={events}
        order="oldest"
        destinations={destinations}
        show={query.get('show') ?? ''}
        onShow={(show) => setQuery((before) => withChoice(before, 'show', show), { replace: true })}
        asksForPerson={asked}
      />
      {isCut && (
        <p className="hint">
          Only the first {countWords(events.length, 'entry', 'entries')} can be shown; the export
          has all of them.
        </p>
      )}
    </>
  );
}
