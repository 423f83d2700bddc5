import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { dashOf, lookOf } from './chart-looks.ts';
import type { ChartProps } from './chart-looks.ts';

interface ChartPlotProps extends Pick<
  Required<ChartProps>,
  'times' | 'series' | 'say' | 'topMin' | 'size'
> {
  /** Which of the times is pointed at; null: none. Stays the same function. */
  readonly onPoint: (index: number | null) => void;
}

const heightPixels = { large: 176, small: 120 } as const;
/** Of the axes; a small chart says in its title what its values are. */
const valueAxis = { large: { size: 92 }, small: { size: 56, space: 20 } } as const;
const timeAxis = { large: {}, small: { size: 32, space: 84 } } as const;
const daySeconds = 86_400;
/** Of less, one wants to know the second. */
const minutesSeconds = 600;

/** The drawing itself, by uPlot, which is loaded with it. What is new is drawn into it. */
export function ChartPlot(props: ChartPlotProps) {
  const { times, series, say, topMin, size, onPoint } = props;
  const holder = useRef<HTMLDivElement>(null);
  const drawn = useRef<UPlot>(null);
  const data = useRef<UPlot.AlignedData>([[]]);
  const looks = series.map(({ look }) => look).join();
  useEffect(() => {
    data.current = [times, ...series.map(({ values }) => values)] as UPlot.AlignedData;
    drawn.current?.setData(data.current);
  }, [times, series]);
  useEffect(() => {
    const place = holder.current;
    if (place === null) return undefined;
    const plot = new UPlot(
      optionsOf({ looks, say, topMin, size, onPoint }, place),
      data.current,
      place,
    );
    drawn.current = plot;
    const resized = new ResizeObserver(() =>
      plot.setSize({ width: place.clientWidth, height: heightPixels[size] }),
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
      drawn.current = null;
    };
  }, [looks, say, topMin, size, onPoint]);
  return (
    <div ref={holder} className="chart-plot">
      <i className="chart-grid" hidden />
      {series.map(({ look }) => (
        <i key={look} className={lookOf(look)} hidden />
      ))}
    </div>
  );
}

interface PlotShape extends Pick<ChartPlotProps, 'say' | 'topMin' | 'size' | 'onPoint'> {
  /** Of each series, with commas between them. */
  readonly looks: string;
}

function optionsOf(shape: PlotShape, place: HTMLElement): UPlot.Options {
  const { looks, say, topMin, size, onPoint } = shape;
  const ink = (): string => colourOf(place);
  const grid = { stroke: () => colourOf(place.querySelector('.chart-grid') ?? place), width: 1 };
  const axis = { stroke: ink, grid, ticks: grid, font: '12px system-ui, sans-serif' };
  const clockAxis: UPlot.Axis.DynamicValues = ({ data: [times] }, splits) => {
    const clock = clockOf(times);
    return splits.map((at) => clock.format(at * 1_000));
  };
  const sayTick = size === 'small' ? (value: number) => value.toLocaleString('en') : say;
  return {
    width: place.clientWidth,
    height: heightPixels[size],
    // Its own would write names into the page by its own rules.
    legend: { show: false },
    cursor: { sync: { key: 'charts' }, drag: { x: false, y: false } },
    scales: { y: { range: (_plot, _min, max) => [0, Math.max(topMin, max * 1.05)] } },
    axes: [
      { ...axis, ...timeAxis[size], values: clockAxis },
      { ...axis, ...valueAxis[size], values: (_plot, splits) => splits.map(sayTick) },
    ],
    series: [
      {},
      ...looksOf(looks).map((look): UPlot.Series => {
        const stroke = (): string => colourOf(place.querySelector(`.${lookOf(look)}`) ?? place);
        return { stroke, width: 1.5, dash: [...dashOf(look)], spanGaps: false };
      }),
    ],
    hooks: { setCursor: [({ cursor }) => onPoint(cursor.idx ?? null)] },
  };
}

function looksOf(looks: string): number[] {
  return looks === '' ? [] : looks.split(',').map(Number);
}

/** Times as the viewer's clock has them; of more than a day with the day, of minutes exactly. */
function clockOf(times: ArrayLike<number>): Intl.DateTimeFormat {
  const span = (times[times.length - 1] ?? 0) - (times[0] ?? 0);
  return new Intl.DateTimeFormat(undefined, {
    hour: '2-digit',
    minute: '2-digit',
    ...(span > daySeconds && { day: 'numeric', month: 'short' }),
    ...(span < minutesSeconds && { second: '2-digit' }),
  });
}

function colourOf(element: Element): string {
  return getComputedStyle(element).color;
}
