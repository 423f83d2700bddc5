import { Link } from 'wouter';
import { Icon } from '../../components/icon.tsx';
import { Spark } from '../../components/spark.tsx';
import type { StreamWithDestinations } from '../../lib/live-state.ts';
import { useLive, useSummary } from '../../lib/live.ts';
import { to } from '../../lib/routes.ts';
import { seriesIds } from '../../lib/samples.ts';
import { useStore } from '../../lib/store.ts';
import type { Summary } from '../../lib/summary.ts';
import { kbitPerSecond } from '../../lib/words.ts';

interface StreamLineProps {
  readonly stream: StreamWithDestinations;
}

/** One stream among several: drawn again when it changes, and with none of the others. */
export function StreamLine({ stream }: StreamLineProps) {
  const summary = useSummary(stream.id);
  return (
    <li className={`stream-line tone-${summary?.tone ?? 'quiet'}`}>
      <div className="stream-line-name">
        <h2>
          <Link href={to.stream(stream.id)}>
            <bdi>{stream.name}</bdi>
          </Link>
        </h2>
        <p className="hint">{countOf(stream, summary)}</p>
      </div>
      {summary !== undefined && (
        <div className="stream-line-state">
          <p className="state-word">
            <Icon name={summary.icon} />
            <span>{summary.word}</span>
          </p>
          {summary.detail !== '' && <p className="hint">{summary.detail}</p>}
        </div>
      )}
      <Rate streamId={stream.id} />
    </li>
  );
}

/** What comes in. It alone is drawn again each second. */
function Rate({ streamId }: { readonly streamId: string }) {
  const kbps = useStore(useLive().store, ({ statuses }) => statuses[streamId]?.ingest?.kbps);
  if (kbps === undefined) return <div className="stream-line-rate" />;
  return (
    <div className="stream-line-rate">
      <p>{kbitPerSecond(kbps)}</p>
      <Spark streamId={streamId} seriesId={seriesIds.ingest} />
    </div>
  );
}

/** `2 of 3 destinations live`; while nothing comes in, how many there are. */
function countOf({ destinations }: StreamWithDestinations, summary: Summary | undefined): string {
  const [live, wanted] = (summary?.count ?? '').split('/');
  if (live !== undefined && wanted !== undefined) {
    return `${live} of ${wanted} ${wanted === '1' ? 'destination' : 'destinations'} live`;
  }
  const count = destinations.length;
  return count === 1 ? '1 destination' : `${count} destinations`;
}
