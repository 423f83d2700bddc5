import { useCallback, useMemo, useState } from 'react';
import { useSearchParams } from 'wouter';
import { Button } from '../../components/button.tsx';
import { Choice } from '../../components/choice.tsx';
import { Icon } from '../../components/icon.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { Clock } from '../../components/time.tsx';
import { historyApi } from '../../lib/history-api.ts';
import type { PastBroadcastDetail, Timeline } from '../../lib/history-api.ts';
import { useResource } from '../../lib/resource.ts';
import { withChoice } from './history-query.ts';
import { countWords, dayWords } from './history-words.ts';
import { neededSomebody, outcomesOf } from './outcomes.ts';
import { lineLook, linesOf, shownOf } from './timeline-lines.ts';
import type { TimelineLine } from './timeline-lines.ts';

/** Lines that are drawn at once. */
const linesAtOnce = 200;

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
      {state.kind === 'ready' && <Lines broadcast={broadcast} timeline={state.value} />}
    </section>
  );
}

interface LinesProps extends PartProps {
  readonly timeline: Timeline;
}

function Lines({ broadcast, timeline: { events, isCut } }: LinesProps) {
  const [query, setQuery] = useSearchParams();
  const [most, setMost] = useState(linesAtOnce);
  const show = query.get('show') ?? '';
  const lines = useMemo(() => linesOf(shownOf(events, show)), [events, show]);
  const rejected = useMemo(
    () => new Set(broadcast.attempts.filter(neededSomebody).map(({ code }) => code ?? '')),
    [broadcast],
  );
  if (events.length === 0) return <p className="empty">Nothing is kept of what happened.</p>;
  const left = lines.length - most;
  return (
    <>
      <Choice
        label="Show"
        options={choicesOf(broadcast)}
        value={show}
        onChange={({ target }) => {
          setMost(linesAtOnce);
          setQuery((before) => withChoice(before, 'show', target.value), { replace: true });
        }}
      />
      {lines.length === 0 && <p className="empty">Nothing of this kind happened.</p>}
      <ol className="timeline">
        {lines.slice(0, most).map((line, index) => (
          <Line key={line.event.id} line={line} before={lines[index - 1]} rejected={rejected} />
        ))}
      </ol>
      {left > 0 && (
        <Button onClick={() => setMost(most + linesAtOnce)}>
          Show {countWords(Math.min(left, linesAtOnce), 'more line', 'more lines')}
        </Button>
      )}
      {isCut && (
        <p className="hint">
          Only the first {countWords(events.length, 'entry', 'entries')} can be shown; the export
          has all of them.
        </p>
      )}
    </>
  );
}

interface LineProps {
  readonly line: TimelineLine;
  readonly before: TimelineLine | undefined;
  readonly rejected: ReadonlySet<string>;
}

function Line({ line, before, rejected }: LineProps) {
  const { event, times, lastAt } = line;
  const { message, remoteWords, actor, at } = event;
  const { tone, icon } = lineLook(event, rejected);
  const day = dayWords(at);
  const isNewDay = before === undefined || dayWords(before.event.at) !== day;
  return (
    <>
      {isNewDay && <li className="timeline-day">{day}</li>}
      <li className={`tone-${tone}`}>
        <Clock at={at} />
        <span className="outcome-sign">
          <Icon name={icon} />
        </span>
        <p>
          <bdi>{message}</bdi>
          {times > 1 && (
            <span className="hint line">
              {countWords(times, 'time')} in a row, until <Clock at={lastAt} />
            </span>
          )}
          {remoteWords !== null && (
            <span className="hint line">
              The server said: “<bdi>{remoteWords}</bdi>”
            </span>
          )}
          {actor !== null && (
            <span className="hint line">
              by <bdi>{actor}</bdi>
            </span>
          )}
        </p>
      </li>
    </>
  );
}

function choicesOf(broadcast: PastBroadcastDetail): readonly (readonly [string, string])[] {
  return [
    ['', 'Everything'],
    ['broadcast', 'The broadcast'],
    ['ingest', 'The encoder'],
    ['action', 'What people did'],
    ['push', 'All destinations'],
    ...outcomesOf(broadcast).map(
      ({ destinationId, name }) => [`push:${destinationId}`, name] as const,
    ),
  ];
}
