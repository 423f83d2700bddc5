import { useCallback } from 'react';
import { Link, useParams } from 'wouter';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { exportLink, reportLink } from '../../lib/broadcast-links.ts';
import { historyApi } from '../../lib/history-api.ts';
import type { PastBroadcastDetail } from '../../lib/history-api.ts';
import { useResource } from '../../lib/resource.ts';
import { to } from '../../lib/routes.ts';
import { BroadcastFigures } from './broadcast-figures.tsx';
import { endWords, lengthWords, rangeWords } from './history-words.ts';
import { outcomesOf } from './outcomes.ts';
import { BroadcastTimeline } from './broadcast-timeline.tsx';
import './history.css';

/** One broadcast, as it is remembered. */
export function BroadcastPage() {
  const { broadcast: id } = useParams<{ broadcast: string }>();
  const load = useCallback(() => historyApi.broadcast(id), [id]);
  const { state, reload } = useResource(load);
  const title = state.kind === 'ready' ? state.value.streamName : 'Broadcast';
  return (
    <>
      <PageHead title={title} />
      {state.kind === 'loading' && <p className="quiet-start">Loading…</p>}
      {state.kind === 'failed' && (
        <>
          <ProblemNote problem={state.problem} />
          <p className="history-actions">
            <Button onClick={reload}>Try again</Button>
            <Link href={to.history}>All broadcasts</Link>
          </p>
        </>
      )}
      {state.kind === 'ready' && (
        <>
          <Summary broadcast={state.value} />
          <Destinations broadcast={state.value} />
          <BroadcastFigures broadcast={state.value} />
          <BroadcastTimeline broadcast={state.value} />
        </>
      )}
    </>
  );
}

interface PartProps {
  readonly broadcast: PastBroadcastDetail;
}

function Summary({ broadcast }: PartProps) {
  const { id, streamId, startedAt, endedAt, endReason } = broadcast;
  return (
    <section className="card" aria-label="Summary">
      <p>
        <time dateTime={startedAt}>{rangeWords(startedAt, endedAt)}</time>
        <span className="line hint">
          {endedAt === null ? (
            <>
              It is live now. <Link href={to.stream(streamId)}>Go to its room</Link>
            </>
          ) : (
            `It lasted ${lengthWords(Date.parse(endedAt) - Date.parse(startedAt))}`
          )}
          {endReason !== null && `; ${endWords(endReason)}`}
          {endedAt !== null && '.'}
        </span>
      </p>
      <p className="history-actions">
        <a href={reportLink(id)} download>
          Download the report
        </a>
        <a href={exportLink(id)} download>
          Export as JSON
        </a>
        <Link href={to.history}>All broadcasts</Link>
      </p>
    </section>
  );
}

function Destinations({ broadcast }: PartProps) {
  const outcomes = outcomesOf(broadcast);
  return (
    <section className="card" aria-label="Destinations">
      <h2>Destinations</h2>
      {outcomes.length === 0 && (
        <p className="empty">It was sent nowhere. Destinations are added at the stream.</p>
      )}
      <ul className="rows">
        {outcomes.map(({ destinationId, name, tone, icon, words, failure }) => (
          <li key={destinationId}>
            <span>
              <span className={`tone-${tone} outcome-sign`}>
                <Icon name={icon} />
              </span>
              <bdi>{name}</bdi> <span className="hint">{words}</span>
              {failure?.message && <span className="hint line">Last fault: {failure.message}</span>}
              {failure?.remoteWords && (
                <span className="hint line">
                  The server said: “<bdi>{failure.remoteWords}</bdi>”
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
