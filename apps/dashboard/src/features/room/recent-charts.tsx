import { useMemo } from 'react';
import { Chart } from '../../components/chart.tsx';
import type { ChartSeries } from '../../components/chart-looks.ts';
import { useLive, useWantedStream } from '../../lib/live.ts';
import { recentWords } from '../../lib/recent.ts';
import { seriesIds } from '../../lib/samples.ts';
import { useStore } from '../../lib/store.ts';
import { useRecent } from '../../lib/use-recent.ts';
import { kbitPerSecond } from '../../lib/words.ts';

interface StreamProps {
  readonly streamId: string;
}

/** What a line of a chart is, and how it is told from the others. */
interface Line {
  readonly id: string;
  readonly name: string;
  readonly look: number;
}

const rates: readonly Line[] = [
  { id: seriesIds.ingest, name: 'All', look: 0 },
  { id: seriesIds.video, name: 'Video', look: 1 },
  { id: seriesIds.audio, name: 'Sound', look: 2 },
];
const frames: readonly Line[] = [{ id: seriesIds.framesPerSecond, name: 'Frames', look: 0 }];

const perSecond = (value: number): string => `${Math.round(value)} fps`;

/** What came in and what went out, second by second. */
export function RecentCharts({ streamId }: StreamProps) {
  const isOn = useSince(streamId) !== undefined;
  if (!isOn) return null;
  return (
    <section className="card" aria-label="The last ten minutes">
      <h2>The last ten minutes</h2>
      <div className="recent">
        <RecentChart
          streamId={streamId}
          title="Comes in, kbit/s"
          lines={rates}
          say={kbitPerSecond}
        />
        <RecentChart streamId={streamId} title="Frames per second" lines={frames} say={perSecond} />
        <Outgoing streamId={streamId} />
      </div>
    </section>
  );
}

function Outgoing({ streamId }: StreamProps) {
  const destinations = useWantedStream(streamId)?.destinations;
  const lines = useMemo(
    () =>
      (destinations ?? []).map(({ id, name }, index) => ({
        id: seriesIds.push(id),
        name,
        look: index + 1,
      })),
    [destinations],
  );
  if (lines.length === 0) return null;
  return (
    <RecentChart streamId={streamId} title="Goes out, kbit/s" lines={lines} say={kbitPerSecond} />
  );
}

interface RecentChartProps extends StreamProps {
  readonly title: string;
  /** The same array from one drawing to the next. */
  readonly lines: readonly Line[];
  readonly say: (value: number) => string;
}

function RecentChart({ streamId, title, lines, say }: RecentChartProps) {
  const ids = useMemo(() => lines.map(({ id }) => id), [lines]);
  const { times, series } = useRecent(streamId, ids, useSince(streamId));
  const drawn = useMemo(
    () =>
      lines.flatMap(({ name, look }, index): ChartSeries[] => {
        const values = series[index] ?? [];
        // Relays of earlier versions tell less: what nobody speaks of is no line.
        const isTold = index === 0 || values.some((value) => value !== null);
        return isTold ? [{ name, look, values, summary: recentWords(values, say) }] : [];
      }),
    [lines, series, say],
  );
  return <Chart title={title} times={times} series={drawn} say={say} size="small" />;
}

/** When the broadcast that is under way began, in ms since 1970. */
function useSince(streamId: string): number | undefined {
  const startedAt = useStore(
    useLive().store,
    ({ statuses }) => statuses[streamId]?.broadcast?.startedAt,
  );
  return startedAt === undefined ? undefined : Date.parse(startedAt);
}
