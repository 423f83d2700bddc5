import { useCallback } from 'react';
import { Link } from 'wouter';
import { Icon } from '../../components/icon.tsx';
import { historyApi } from '../../lib/history-api.ts';
import type { PastBroadcast } from '../../lib/history-api.ts';
import { useResource } from '../../lib/resource.ts';
import { to } from '../../lib/routes.ts';
import { lengthWords, rangeWords } from './history-words.ts';
import { outcomesOf } from './outcomes.ts';

/** A broadcast in one line: when, how long, of what, and what became of each destination. */
export function BroadcastRow({ broadcast }: { readonly broadcast: PastBroadcast }) {
  const { id, startedAt, endedAt, streamName } = broadcast;
  return (
    <li>
      <span>
        <Link href={to.broadcast(id)}>
          <time dateTime={startedAt}>{rangeWords(startedAt, endedAt)}</time>
        </Link>
        <span className="line">
          <bdi>{streamName}</bdi>{' '}
          <span className="hint">
            {endedAt !== null && lengthWords(Date.parse(endedAt) - Date.parse(startedAt))}
          </span>
        </span>
      </span>
      {endedAt === null ? <span className="pill tone-good">Live now</span> : <Became id={id} />}
    </li>
  );
}

/** It comes after the line itself: each broadcast is asked for it. */
function Became({ id }: { readonly id: string }) {
  const load = useCallback(() => historyApi.broadcast(id), [id]);
  const { state } = useResource(load);
  if (state.kind === 'loading') return <span className="hint">Loading…</span>;
  if (state.kind === 'failed') {
    return <span className="hint">How it went could not be read: {state.problem.message}</span>;
  }
  const outcomes = outcomesOf(state.value);
  if (outcomes.length === 0) return <span className="hint">Sent nowhere</span>;
  return (
    <ul className="outcomes">
      {outcomes.map(({ destinationId, name, tone, icon, words }) => (
        <li key={destinationId}>
          <span className={`tone-${tone} outcome-sign`}>
            <Icon name={icon} />
          </span>
          <bdi>{name}</bdi> <span className="hint">{words}</span>
        </li>
      ))}
    </ul>
  );
}
