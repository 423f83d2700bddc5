import { lazy, Suspense, useState } from 'react';
import { dashOf, lookOf } from './chart-looks.ts';
import type { ChartProps } from './chart-looks.ts';
import './chart.css';

const ChartPlot = lazy(async () => {
  const { ChartPlot: plot } = await import('./chart-plot.tsx');
  return { default: plot };
});

/**
 * Values over time: a drawing for those who look, and the same in words. While one points at the
 * drawing, the words are of that moment. Whatever names a series is text.
 */
export function Chart(props: ChartProps) {
  const { title, times, series, say, topMin = 1, size = 'large' } = props;
  const [pointed, setPointed] = useState<number | null>(null);
  return (
    <figure className={`chart chart-${size}`}>
      <figcaption>{title}</figcaption>
      <div aria-hidden="true">
        <Suspense fallback={<div className="chart-plot" />}>
          <ChartPlot {...{ times, series, say, topMin, size }} onPoint={setPointed} />
        </Suspense>
      </div>
      <ul className="legend">
        {series.map(({ name, look, values, summary }) => (
          <li key={look}>
            <svg viewBox="0 0 28 8" className={lookOf(look)} aria-hidden="true">
              <line x1="0" y1="4" x2="28" y2="4" strokeDasharray={dashOf(look).join(' ')} />
            </svg>
            <bdi>{name}</bdi>{' '}
            <span className="hint">
              {pointed === null ? summary : pointedWords(values[pointed], say)}
            </span>
          </li>
        ))}
      </ul>
    </figure>
  );
}

function pointedWords(value: number | null | undefined, say: (value: number) => string): string {
  return value === null || value === undefined ? 'nothing at this time' : say(value);
}
