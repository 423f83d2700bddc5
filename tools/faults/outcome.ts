import { titleOf } from '../../test/faults/matrix/row.ts';
import type { Figure, NamedTest, Row, RowReport } from '../../test/faults/matrix/row.ts';
import type { SoakFacts } from './soak-facts.ts';

/** What Vitest's JSON reporter says of one test. */
export interface TestResult {
  readonly fullName: string;
  readonly title: string;
  readonly status: string;
  readonly failureMessages?: readonly string[];
  readonly meta?: { readonly row?: RowReport };
}

/** And of one file. `name` is its path. */
export interface FileResult {
  readonly name: string;
  readonly message?: string;
  readonly assertionResults: readonly TestResult[];
}

export type Verdict = 'pass' | 'fail' | 'not run';

/** What became of one row. */
export interface RowOutcome {
  readonly number: number;
  readonly verdict: Verdict;
  /** What failed, or why this machine did not run it, or a part of it. */
  readonly notes: readonly string[];
  readonly figures: readonly (Figure & { readonly case?: string })[];
}

interface Judged {
  readonly verdict: Verdict;
  readonly note?: string;
  readonly figures: RowOutcome['figures'];
}

/** The files that show these rows. */
export function filesOf(rows: readonly Row[]): readonly string[] {
  const files = rows.flatMap(({ specs = [], tests = [] }) => [
    ...specs,
    ...tests.map(({ file }) => file),
  ]);
  return [...new Set(files)].toSorted();
}

/**
 * Joins the table with what ran, and with the last soak. A test that is named and has no result is
 * a failure.
 */
export function outcomesOf(
  rows: readonly Row[],
  files: readonly FileResult[],
  soak?: SoakFacts,
): readonly RowOutcome[] {
  return rows.map((row) => outcomeOf(row, files, soak));
}

function outcomeOf(row: Row, files: readonly FileResult[], soak?: SoakFacts): RowOutcome {
  const { number, specs = [], cases, tests = [], runs } = row;
  // A case may be shown in any of the files; without cases each file shows the row.
  const own =
    cases === undefined
      ? specs.map((spec) => judgeOwn(titleOf(row), [spec], files))
      : cases.map((name) => judgeOwn(titleOf(row, name), specs, files));
  const kept = runs === undefined ? [] : [judgeSoak(soak)];
  const judged = [...own, ...tests.map((test) => judgeNamed(test, files)), ...kept];
  const all = judged.length > 0 ? judged : [failure('no test shows it')];
  return {
    number,
    verdict: verdictOf(all.map(({ verdict }) => verdict)),
    notes: all.flatMap(({ note }) => (note === undefined ? [] : [note])),
    figures: all.flatMap(({ figures }) => figures),
  };
}

/** A part that did not run does not hide that another did. */
function verdictOf(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('fail')) return 'fail';
  return verdicts.includes('pass') ? 'pass' : 'not run';
}

function judgeOwn(title: string, specs: readonly string[], files: readonly FileResult[]): Judged {
  const results = resultsIn(specs, files).filter((each) => each.title === title);
  return judge(title, results);
}

function judgeNamed({ file, name }: NamedTest, files: readonly FileResult[]): Judged {
  const pattern = patternOf(name);
  const results = resultsIn([file], files).filter(({ fullName }) => pattern.test(fullName));
  return judge(`${file} › ${name}`, results);
}

function judgeSoak(soak: SoakFacts | undefined): Judged {
  if (soak === undefined) return failure('no run of npm run soak is kept');
  const { anomalies, allSlopes, hours } = soak;
  const steep = allSlopes.filter(({ verdict }) => verdict === 'broken');
  if (anomalies > 0) return failure(`the last soak saw ${anomalies} anomalies`);
  if (steep.length > 0) return failure(`${steep.map(({ name }) => name).join(', ')} went up`);
  return { verdict: 'pass', figures: [{ name: 'the last run took', value: hours, unit: 'h' }] };
}

function resultsIn(paths: readonly string[], files: readonly FileResult[]): readonly TestResult[] {
  const wanted = files.filter(({ name }) => paths.some((path) => name.endsWith(`/${path}`)));
  return wanted.flatMap(({ assertionResults }) => assertionResults);
}

function judge(what: string, results: readonly TestResult[]): Judged {
  const failed = results.find(({ status }) => status === 'failed');
  if (failed !== undefined) {
    const [line = 'failed'] = failed.failureMessages?.[0]?.split('\n') ?? [];
    return { ...failure(`${what}: ${line}`), figures: figuresOf(results) };
  }
  if (results.some(({ status }) => status === 'passed')) {
    return { verdict: 'pass', figures: figuresOf(results) };
  }
  const notRun = results.find(({ meta }) => meta?.row?.notRun !== undefined)?.meta?.row;
  if (notRun === undefined) return failure(`${what}: has no result`);
  const about = notRun.case === undefined ? '' : `${notRun.case}: `;
  return { verdict: 'not run', note: `${about}${notRun.notRun ?? ''}`, figures: [] };
}

function figuresOf(results: readonly TestResult[]): RowOutcome['figures'] {
  return results.flatMap(({ meta }) => {
    const { figures = [], case: name } = meta?.row ?? {};
    return figures.map((figure) => (name === undefined ? figure : { ...figure, case: name }));
  });
}

function failure(note: string): Judged {
  return { verdict: 'fail', note, figures: [] };
}

/** A title of a table of tests has its values in it by now. */
function patternOf(name: string): RegExp {
  const parts = name.split(/%[sdij]|\$\w+/);
  return new RegExp(parts.map((part) => part.replaceAll(/[^\w ]/g, String.raw`\$&`)).join('.*'));
}
