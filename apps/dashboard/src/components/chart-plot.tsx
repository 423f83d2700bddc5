import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { dashOf, lookOf } from './chart-looks.ts';
import type { ChartProps } from './chart-looks.ts';

interface ChartPlotProps extends Pick<ChartProps, 'times' | 'series' | 'say'> {
  /** Which of the times is pointed at; null: none. Stays the same function. */
  readonly onPoint: (index: number | null) => void;
}

const heightPixels = 176;
const axisPixels = 92;
const daySeconds = 86_400;

/** The drawing itself, by uPlot, which is loaded with it. */
export function ChartPlot(props: ChartPlotProps) {
  const { times, series, say, onPoint } = props;
  const holder = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const place = holder.current;
    if (place === null) return undefined;
    const data = [times, ...series.map(({ values }) => values)] as UPlot.AlignedData;
    const plot = new UPlot(optionsOf({ times, series, say, onPoint }, place), data, place);
    const resized = new ResizeObserver(() =>
      plot.setSize({ width: place.clientWidth, height: heightPixels }),
    );
    resized.observe(place);
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    const draw = (): void => plot.redraw();
    scheme.addEventListener('change', draw);
    const theme = new MutationObserver(draw);
    theme.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => {
      resized.disconnect();
      theme.disconnect();
      scheme.removeEventListener('change', draw);
      plot.destroy();
    };
  }, [times, series, say, onPoint]);
  return (
    <div ref={holder} className="chart-plot">
      <i className="chart-grid" hidden />
      {series.map(({ look }) => (
        <i key={look} className={lookOf(look)} hidden />
      ))}
    </div>
  );
}

function optionsOf(
  { times, series, say, onPoint }: ChartPlotProps,
  place: HTMLElement,
): UPlot.Options {
  const ink = (): string => colourOf(place);
  const grid = { stroke: () => colourOf(place.querySelector('.chart-grid') ?? place), width: 1 };
  const clock = clockOf(times);
  const axis = { stroke: ink, grid, ticks: grid, font: '12px system-ui, sans-serif' };
  return {
    width: place.clientWidth,
    height: heightPixels,
    // Its own would write names into the page by its own rules.
    legend: { show: false },
    cursor: { sync: { key: 'charts' }, drag: { x: false, y: false } },
    scales: { y: { range: (_plot, _min, max) => [0, max > 0 ? max * 1.05 : 1] } },
    axes: [
      { ...axis, values: (_plot, splits) => splits.map((at) => clock.format(at * 1_000)) },
      { ...axis, size: axisPixels, values: (_plot, splits) => splits.map(say) },
    ],
    series: [
      {},
      ...series.map(({ look }): UPlot.Series => {
        const stroke = (): string => colourOf(place.querySelector(`.${lookOf(look)}`) ?? place);
        return { stroke, width: 1.5, dash: [...dashOf(look)], spanGaps: false };
      }),
    ],
    hooks: { setCursor: [({ cursor }) => onPoint(cursor.idx ?? null)] },
  };
}

/** Times as the viewer's clock has them; of what took longer than a day, with the day. */
function clockOf(times: readonly number[]): Intl.DateTimeFormat {
  const isLong = (times.at(-1) ?? 0) - (times[0] ?? 0) > daySeconds;
  return new Intl.DateTimeFormat(undefined, {
    hour: '2-digit',
    minute: '2-digit',
    ...(isLong && { day: 'numeric', month: 'short' }),
  });
}

function colourOf(element: Element): string {
  return getComputedStyle(element).color;
}
