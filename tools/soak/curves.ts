import { column, SERIES_NAMES, seriesPlan, thinned } from './samples.ts';
import type { Sample, SeriesName } from './samples.ts';

const WIDTH = 960;
const PANEL_HEIGHT = 150;
const LEFT = 56;
const RIGHT = 150;
const TOP = 24;
const BOTTOM = 22;
const POINTS_MAX = 360;
const COLOURS = ['#1f6feb', '#d1242f', '#1a7f37', '#9a6700', '#8250df'] as const;

/** When a fault was under way, to be drawn below the curves. */
export interface Mark {
  readonly fromMs: number;
  readonly toMs: number;
  readonly kind: 'network' | 'encoder' | 'house';
}

const MARK_COLOURS: Readonly<Record<Mark['kind'], string>> = {
  network: '#8c959f',
  encoder: '#bf8700',
  house: '#d1242f',
};

/** All samples as one SVG: a panel for each unit of its own, one below the other. */
export function drawCurves(samples: readonly Sample[], marks: readonly Mark[], title: string) {
  const panels = [...new Set(SERIES_NAMES.map((name) => seriesPlan(name).panel))];
  const durationMs = Math.max(1, samples.at(-1)?.atMs ?? 1);
  const x = (atMs: number): number => LEFT + (Math.min(atMs, durationMs) / durationMs) * plotWidth;
  const thin = thinned(samples, POINTS_MAX);
  const height = panels.length * PANEL_HEIGHT + TOP;
  const parts = panels.map((panel, index) => {
    const names = SERIES_NAMES.filter((name) => seriesPlan(name).panel === panel);
    return drawPanel({ panel, names, thin, x, top: TOP + index * PANEL_HEIGHT });
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}"`,
    ' font-family="sans-serif" font-size="11" fill="#1f2328">',
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    `<text x="${LEFT}" y="15" font-size="13">${title}</text>`,
    drawMarks(marks, x),
    ...parts,
    '</svg>\n',
  ].join('\n');
}

const plotWidth = WIDTH - LEFT - RIGHT;
const plotHeight = PANEL_HEIGHT - TOP - BOTTOM;

interface Panel {
  readonly panel: string;
  readonly names: readonly SeriesName[];
  readonly thin: readonly Sample[];
  readonly x: (atMs: number) => number;
  readonly top: number;
}

function drawPanel({ panel, names, thin, x, top }: Panel): string {
  const values = names.flatMap((name) => column(thin, name)).filter((value) => value !== null);
  const most = roundUp(Math.max(1, ...values));
  const base = top + TOP + plotHeight;
  const y = (value: number): number => base - (value / most) * plotHeight;
  const lines = names.map((name, index) => {
    const colour = COLOURS[index % COLOURS.length];
    const points = thin.flatMap(({ atMs, values: { [name]: value } }) =>
      value === undefined ? [] : [`${x(atMs).toFixed(1)},${y(value).toFixed(1)}`],
    );
    const legend = `<text x="${WIDTH - RIGHT + 10}" y="${top + TOP + 10 + index * 14}"`;
    return [
      `<polyline points="${points.join(' ')}" fill="none" stroke="${colour}"/>`,
      `${legend} fill="${colour}">${name}</text>`,
    ].join('\n');
  });
  const ticks = `<use href="#faults" y="${base + 2}"/>`;
  const rule = (value: number): string =>
    `<path d="M${LEFT} ${y(value)}H${WIDTH - RIGHT}" stroke="#d0d7de"/>` +
    `<text x="${LEFT - 6}" y="${y(value) + 4}" text-anchor="end">${value}</text>`;
  const endMs = thin.at(-1)?.atMs ?? 0;
  const minutes = [0, 0.25, 0.5, 0.75, 1].map(
    (share) =>
      `<text x="${x(endMs * share).toFixed(1)}" y="${base + 18}" text-anchor="middle">` +
      `${Math.round((endMs * share) / 60_000)} min</text>`,
  );
  const head = `<text x="${LEFT}" y="${top + TOP - 8}" font-weight="bold">${panel}</text>`;
  return [head, rule(0), rule(most / 2), rule(most), ...lines, ticks, ...minutes].join('\n');
}

/** Once, for every panel to show. */
function drawMarks(marks: readonly Mark[], x: Panel['x']): string {
  const bars = marks.map(({ fromMs, toMs, kind }) => {
    const width = Math.max(1, x(toMs) - x(fromMs)).toFixed(1);
    const place = `x="${x(fromMs).toFixed(1)}" width="${width}"`;
    return `<rect ${place} height="4" fill="${MARK_COLOURS[kind]}"/>`;
  });
  return `<defs><g id="faults">${bars.join('')}</g></defs>`;
}

/** The next of 1, 2, 4, 6, 8, 10 times a power of ten. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 4, 6, 8, 10].find((each) => each * power >= value) ?? 10;
  return step * power;
}
