import { Link } from 'wouter';
import { Icon } from '../../components/icon.tsx';
import type { PastBroadcast } from '../../lib/history-api.ts';
import { to } from '../../lib/routes.ts';
import { lengthWords, rangeWords } from './history-words.ts';
import { countedOutcome } from './outcomes.ts';

interface RowProps {
  readonly broadcast: PastBroadcast;
}

/** A broadcast in one line: when, how long, of what, and what became of each destination. */
export function BroadcastRow({ broadcast }: RowProps) {
  const { id, streamId, startedAt, endedAt, durationMs, streamName } = broadcast;
  return (
    <li>
      <span>
        <Link href={to.broadcast(id)}>
          <time dateTime={startedAt}>{rangeWords(startedAt, endedAt)}</time>
        </Link>
        <span className="line">
          <bdi>{streamName}</bdi>{' '}
          <span className="hint">{durationMs !== null && lengthWords(durationMs)}</span>
        </span>
      </span>
      {endedAt === null ? (
        <>
          <span className="pill tone-good">Live now</span>
          <Link href={to.stream(streamId)}>Go to its room</Link>
        </>
      ) : (
        <Became broadcast={broadcast} />
      )}
    </li>
  );
}

function Became({ broadcast: { destinations } }: RowProps) {
  if (destinations.length === 0) return <span className="hint">Sent nowhere</span>;
  return (
    <ul className="outcomes">
      {destinations.map((destination) => {
        const { name, tone, icon, words } = countedOutcome(destination);
        return (
          <li key={destination.destinationId}>
            <span className={`tone-${tone} outcome-sign`}>
              <Icon name={icon} />
            </span>
            <bdi>{name}</bdi> <span className="hint">{words}</span>
          </li>
        );
      })}
    </ul>
  );
}
