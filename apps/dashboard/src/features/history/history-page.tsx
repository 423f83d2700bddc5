import { useCallback } from 'react';
import { Link, useSearchParams } from 'wouter';
import { Button } from '../../components/button.tsx';
import { Choice } from '../../components/choice.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { historyApi } from '../../lib/history-api.ts';
import type { HistoryAsked } from '../../lib/history-api.ts';
import { useLive } from '../../lib/live.ts';
import { to } from '../../lib/routes.ts';
import { useStore } from '../../lib/store.ts';
import { usePages } from '../../lib/use-pages.ts';
import { BroadcastRow } from './broadcast-row.tsx';
import { askedOf, periodOf, periods, withChoice } from './history-query.ts';
import './history.css';

/** What was broadcast, the newest first. What is looked at stands in the address. */
export function HistoryPage() {
  const [query, setQuery] = useSearchParams();
  const { streamId, days } = askedOf(query);
  const load = useCallback(
    (cursor?: string) => historyApi.page({ streamId, days }, cursor),
    [streamId, days],
  );
  const { items, problem, older, reload } = usePages(load);
  const choose = (name: string, value: string): void =>
    setQuery((before) => withChoice(before, name, value), { replace: true });
  return (
    <>
      <PageHead title="History" />
      <div className="history-filters">
        <Choice
          label="Stream"
          options={useStreamChoices(streamId)}
          value={streamId ?? ''}
          onChange={({ target }) => choose('stream', target.value)}
        />
        <Choice
          label="Began in"
          options={periods}
          value={periodOf({ streamId, days })}
          onChange={({ target }) => choose('days', target.value)}
        />
      </div>
      <ProblemNote problem={problem} />
      {problem !== undefined && (
        <p>
          <Button onClick={reload}>Try again</Button>
        </p>
      )}
      {items === undefined && problem === undefined && <p className="quiet-start">Loading…</p>}
      {items?.length === 0 && <Nothing asked={{ streamId, days }} onWiden={setQuery} />}
      {items !== undefined && items.length > 0 && (
        <section className="card" aria-label="Broadcasts">
          <ol className="rows history-list">
            {items.map((broadcast) => (
              <BroadcastRow key={broadcast.id} broadcast={broadcast} />
            ))}
          </ol>
          {older !== undefined && <Button onClick={older}>Older broadcasts</Button>}
        </section>
      )}
    </>
  );
}

interface NothingProps {
  readonly asked: HistoryAsked;
  readonly onWiden: (query: Record<string, string>) => void;
}

function Nothing({ asked: { streamId, days }, onWiden }: NothingProps) {
  const what = streamId === undefined ? 'No broadcast' : 'No broadcast of this stream';
  if (days !== undefined) {
    const stream = streamId === undefined ? {} : { stream: streamId };
    return (
      <section className="card empty-page">
        <h2>Nothing here</h2>
        <p>{what} began in this time.</p>
        <Button look="main" onClick={() => onWiden({ ...stream, days: 'all' })}>
          Look at any time
        </Button>
      </section>
    );
  }
  return (
    <section className="card empty-page">
      <h2>Nothing was broadcast yet</h2>
      <p>Start your encoder: each time that a stream is live is kept here.</p>
      <Link href={to.streams}>Go to the streams</Link>
    </section>
  );
}

/** Streams that there are, and the one that is asked for also when it was removed. */
function useStreamChoices(asked: string | undefined): readonly (readonly [string, string])[] {
  const streams = useStore(useLive().store, (state) => state.streams) ?? [];
  const known = streams.map(({ id, name }) => [id, name] as const);
  const isUnknown = asked !== undefined && streams.every(({ id }) => id !== asked);
  return [
    ['', 'All streams'],
    ...known,
    ...(isUnknown ? [[asked, 'A stream that was removed'] as const] : []),
  ];
}
