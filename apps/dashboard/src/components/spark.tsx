import { useMemo } from 'react';
import { kbitPerSecond } from '../lib/words.ts';
import { recentWords, sparkLines } from '../lib/recent.ts';
import { useRecent } from '../lib/use-recent.ts';
import './spark.css';

interface SparkProps {
  readonly streamId: string;
  /** As in `seriesIds`. */
  readonly seriesId: string;
}

const width = 120;
const height = 24;

/** How a bitrate was in the last ten minutes, where there is no room for a chart. */
export function Spark({ streamId, seriesId }: SparkProps) {
  const ids = useMemo(() => [seriesId], [seriesId]);
  const values = useRecent(streamId, ids).series[0] ?? [];
  return (
    <svg
      className="spark"
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={recentWords(values, kbitPerSecond)}
    >
      {sparkLines(values, width, height).map((points) => (
        <polyline key={points} points={points} />
      ))}
    </svg>
  );
}
