import { useCallback, useMemo } from 'react';
import { Button } from '../../components/button.tsx';
import { Chart } from '../../components/chart.tsx';
import type { ChartSeries } from '../../components/chart-looks.ts';
import { ProblemNote } from '../../components/problem-note.tsx';
import { historyApi } from '../../lib/history-api.ts';
import type { PastBroadcastDetail } from '../../lib/history-api.ts';
import { useResource } from '../../lib/resource.ts';
import { countWords, kbitPerSecond, timeSpan } from '../../lib/words.ts';
import { figuresOf, summaryOf } from './figures.ts';
import type { FigureSeries, Figures } from './figures.ts';

/** How it was from the beginning to the end. */
export function BroadcastFigures({ broadcast }: { readonly broadcast: PastBroadcastDetail }) {
  const load = useCallback(
    async () => figuresOf(await historyApi.statistics(broadcast)),
    [broadcast],
  );
  const { state, reload } = useResource(load);
  return (
    <section className="card" aria-label="Figures">
      <h2>Figures</h2>
      {state.kind === 'loading' && <p className="hint">Loading…</p>}
      {state.kind !== 'loading' && <ProblemNote problem={state.problem} />}
      {state.kind === 'failed' && (
        <p>
          <Button onClick={reload}>Read the figures again</Button>
        </p>
      )}
      {state.kind === 'ready' && <Charts figures={state.value} />}
    </section>
  );
}

const frames = (count: number): string => countWords(Math.round(count * 100) / 100, 'frame');

/** A lag that is less than a second, and a few frames, look like the little that they are. */
const lagTopMs = 1_000;
const dropsTop = 10;

function Charts({ figures }: { readonly figures: Figures }) {
  const { resolution, times } = figures;
  const { rates, lags, drops } = useMemo(() => chartsOf(figures), [figures]);
  if (times.length === 0) {
    return (
      <p className="empty">
        No figures are kept of it: it was too short, or it is too long ago. The timeline tells what
        happened.
      </p>
    );
  }
  const step = resolution === 60 ? 'minute' : `${resolution} s`;
  return (
    <>
      <Chart title="Bitrate" times={times} series={rates} say={kbitPerSecond} />
      {lags.length > 0 && (
        <Chart
          title={`Longest lag in each ${step}`}
          times={times}
          series={lags}
          say={timeSpan}
          topMin={lagTopMs}
        />
      )}
      <Chart
        title={`Frames dropped in each ${step}`}
        times={times}
        series={drops}
        say={frames}
        topMin={dropsTop}
      />
    </>
  );
}

interface Drawn {
  readonly rates: readonly ChartSeries[];
  readonly lags: readonly ChartSeries[];
  readonly drops: readonly ChartSeries[];
}

/** The encoder is where it begins: only what is sent on can lag behind. */
function chartsOf({ series }: Figures): Drawn {
  const drawn = (of: 'kbps' | 'lagMs' | 'dropped', say: (sums: Sums) => string) =>
    series.flatMap((one: FigureSeries, look) => {
      if (of === 'lagMs' && one.destinationId === null) return [];
      const values = one[of];
      return [{ name: one.name, look, values, summary: say(summaryOf(values)) }];
    });
  return {
    rates: drawn('kbps', (sums) => {
      const from = `${kbitPerSecond(sums.min)} to ${kbitPerSecond(sums.max)}`;
      return `${kbitPerSecond(sums.average)} on average, ${from}`;
    }),
    lags: drawn('lagMs', ({ max }) => `at most ${timeSpan(max)}`),
    drops: drawn('dropped', ({ sum }) => `${frames(sum)} in all`),
  };
}

type Sums = ReturnType<typeof summaryOf>;
