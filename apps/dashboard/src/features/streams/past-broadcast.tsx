import { useState } from 'react';
import { ProblemNote } from '../../components/problem-note.tsx';
import { api } from '../../lib/api.ts';
import { problemFrom } from '../../lib/api-problem.ts';
import type { ApiProblem } from '../../lib/api-problem.ts';
import { exportLink, reportLink } from '../../lib/broadcast-links.ts';
import type { Named } from '../../lib/client.ts';
import { linePoints, lineSize } from '../../lib/line-points.ts';
import { duration, kbitPerSecond } from '../../lib/words.ts';

type Broadcast = Named<'Broadcast'>;
type Series = Named<'StatisticsAnswer'>['series'][number];

/** One broadcast: when and how long, and behind a click how it was. */
export function PastBroadcast({ broadcast }: { readonly broadcast: Broadcast }) {
  const [series, setSeries] = useState<readonly Series[]>();
  const [problem, setProblem] = useState<ApiProblem>();
  const { id, startedAt, endedAt } = broadcast;
  const began = new Date(startedAt);

  function load(): void {
    if (series !== undefined) return;
    api.statistics(id).then(
      (answer) => setSeries(answer.series),
      (thrown: unknown) => setProblem(problemFrom(thrown)),
    );
  }

  return (
    <li>
      <details onToggle={load}>
        <summary>
          <time dateTime={startedAt}>{began.toLocaleString()}</time>{' '}
          <span className="hint">
            {endedAt === null ? 'live now' : duration(Date.parse(endedAt) - began.getTime())}
          </span>
        </summary>
        <ProblemNote problem={problem} />
        {series?.length === 0 && <p className="hint">No figures are kept of it.</p>}
        {series?.map((one) => (
          <SeriesLine key={one.destinationId ?? 'encoder'} series={one} />
        ))}
        <p className="history-links">
          <a href={reportLink(id)} target="_blank" rel="noreferrer">
            Report
          </a>
          <a href={exportLink(id)} download>
            Export as JSON
          </a>
        </p>
      </details>
    </li>
  );
}

/** Its bitrate over time, and what went wrong with it. */
function SeriesLine({ series }: { readonly series: Series }) {
  const { points, name, destinationId } = series;
  const title = destinationId === null ? 'Encoder' : (name ?? 'Destination');
  const rates = points.map(({ kbps }) => kbps.avg);
  const average = rates.reduce((sum, rate) => sum + rate, 0) / Math.max(1, rates.length);
  const dropped = points.reduce((sum, point) => sum + point.dropped, 0);
  const facts = [
    kbitPerSecond(average),
    dropped > 0 && `${dropped} frames dropped`,
    points.some(({ reconnects }) => reconnects > 0) && 'connected again',
  ].filter((fact) => fact !== false);
  return (
    <figure>
      <figcaption>
        {title} <span className="hint">{facts.join(' · ')}</span>
      </figcaption>
      <svg viewBox={`0 0 ${lineSize.width} ${lineSize.height}`} aria-hidden="true">
        <polyline points={linePoints(rates)} />
      </svg>
    </figure>
  );
}
