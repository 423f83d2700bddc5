import type { Measure } from '../../test/faults/promises.ts';
import { ROWS } from '../../test/faults/matrix/rows.ts';
import type { KeptOutcome, KeptOutcomes } from './kept-outcomes.ts';
import type { SoakFacts } from './soak-facts.ts';
import { valueOf } from './words.ts';

export interface Evidence {
  readonly kept: KeptOutcomes;
  readonly soak: SoakFacts | undefined;
}

/** What was measured of a promise, in words; undefined where nothing was. */
export function measuredWords(measure: Measure, evidence: Evidence): string | undefined {
  const value = valueWords(measure, evidence);
  return value === undefined ? undefined : measure.says.replace('{}', value);
}

function valueWords(measure: Measure, { kept, soak }: Evidence): string | undefined {
  switch (measure.from) {
    case 'soak':
      return soakWords(measure.figure, soak);
    case 'count': {
      const count = passedRows(kept, measure.rows).length;
      return count === 0 ? undefined : String(count);
    }
    case 'rows': {
      const figures = passedRows(kept, measure.rows)
        .filter(({ number }) => measure.rows !== undefined || isWhole(number))
        .flatMap((row) => row.figures)
        .filter(({ name, value }) => name === measure.figure && value !== null);
      const [first] = figures;
      if (first === undefined) return undefined;
      const values = figures.map(({ value }) => value);
      const isSum = measure.take === 'sum';
      const value = isSum ? values.reduce((sum, one) => sum + one, 0) : Math.max(...values);
      return valueOf({ value, unit: first.unit });
    }
  }
}

function soakWords(
  figure: Extract<Measure, { from: 'soak' }>['figure'],
  soak: SoakFacts | undefined,
): string | undefined {
  if (figure === 'longestWrongMs') {
    const value = soak?.status?.longestWrongMs;
    return value === undefined ? undefined : valueOf({ value, unit: 'ms' });
  }
  const slope = soak?.slopes[figure];
  if (slope === undefined || slope === null) return undefined;
  const isBytes = figure === 'rssBytesPerHour';
  const value = isBytes ? slope / 1e6 : slope;
  return valueOf({ value, unit: isBytes ? 'MB' : '' });
}

function passedRows(kept: KeptOutcomes, wanted?: readonly number[]): readonly KeptOutcome[] {
  const passed = kept.rows.filter(({ verdict }) => verdict === 'pass');
  return wanted === undefined ? passed : passed.filter(({ number }) => wanted.includes(number));
}

/** A row whose healthy destination was to get everything. */
function isWhole(number: number): boolean {
  const row = ROWS.find((each) => each.number === number);
  return row?.witness === undefined || row.witness === 'whole';
}
