import type { Figure, Row } from '../../test/faults/matrix/row.ts';
import { STANDARD_FIGURES } from '../../test/faults/matrix/row.ts';
import type { RowOutcome } from './outcome.ts';

const STANDARD: ReadonlySet<string> = new Set(Object.values(STANDARD_FIGURES));
const COLUMN_CHARACTERS = 64;

/** `812 ms`; seconds from ten of them on. */
export function valueOf({ value, unit }: Pick<Figure, 'value' | 'unit'>): string {
  if (unit === 'ms' && value >= 10_000) return `${number(value / 1_000)} s`;
  return `${number(value)} ${unit}`.trim();
}

function number(value: number): string {
  const digits = Math.abs(value) < 10 ? 1 : 0;
  return value.toLocaleString('en', { maximumFractionDigits: digits });
}

/** A row's own figures, without those that every row has. */
export function ownFigures({ figures }: RowOutcome): readonly string[] {
  return figures
    .filter(({ name }) => !STANDARD.has(name))
    .map(({ case: of, ...figure }) => {
      const about = of === undefined ? '' : `${of}: `;
      return `${about}${figure.name} ${valueOf(figure)}`;
    });
}

/** One row for the terminal; further lines say why. */
export function linesOf(row: Row, outcome: RowOutcome): readonly string[] {
  const { number: of, fault, later } = row;
  const head = `${String(of).padStart(2)} ${fault.padEnd(COLUMN_CHARACTERS)} ${outcome.verdict}`;
  const figures = ownFigures(outcome);
  return [
    figures.length === 0 ? head : `${head} · ${figures.join(' · ')}`,
    ...outcome.notes.map((note) => `   ${note}`),
    ...(later === undefined ? [] : [`   later: ${later}`]),
  ];
}

/** What is said at the end of all rows. */
export function sumLine(outcomes: readonly RowOutcome[]): string {
  const count = (wanted: string) => outcomes.filter(({ verdict }) => verdict === wanted).length;
  return `${count('pass')} passed, ${count('fail')} failed, ${count('not run')} not run here`;
}
