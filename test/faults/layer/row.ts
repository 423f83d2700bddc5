import { it } from 'vitest';
import type { TestContext } from 'vitest';
import { STANDARD_FIGURES, titleOf } from '../matrix/row.ts';
import type { Figure, Need, Row, RowReport } from '../matrix/row.ts';
import { rowOf } from '../matrix/rows.ts';
import { firstUnmet } from './needs.ts';
import { FaultScene } from './scene.ts';
import type { SceneWish } from './scene.ts';
import type { Stage } from './stage.ts';

const ROW_WITHIN_MS = 120_000;
const LONG_ROW_WITHIN_MS = 900_000;
/** After the fault, the healthy destination gets what was sent until then. */
const HEARD_WITHIN_MS = 20_000;
/** What an encoder may find unsent of the frames before: more means that the relay held it up. */
const UNSENT_BYTES_MAX = 64 * 1024;

export interface RowSettings extends Omit<SceneWish, 'row' | 'reach'> {
  /** Which of the row's cases, where it has some. */
  readonly case?: string;
  /** Beyond what the row needs. */
  readonly needs?: readonly Need[];
  /** Runs beside no other row: it harms what rows share. */
  readonly isAlone?: boolean;
  readonly withinMs?: number;
  /** Why the healthy destination may see a session begin before the end of another. */
  readonly mayOverlap?: string;
}

declare module 'vitest' {
  interface TaskMeta {
    row?: RowReport;
  }
}

type Body = (scene: FaultScene) => Promise<void>;

/**
 * The test of one row of the matrix, named as the table names it. Beside the body's own
 * expectations a healthy destination loses nothing, the encoder is never held up, and no
 * destination sees two sessions at a time.
 */
export function row(stage: Stage, number: number, body: Body): void;
export function row(stage: Stage, number: number, settings: RowSettings, body: Body): void;
export function row(stage: Stage, number: number, ...rest: [Body] | [RowSettings, Body]): void {
  const [settings, body] = rest.length === 1 ? [{}, rest[0]] : rest;
  const about = rowOf(number);
  assertCase(about, settings.case);
  const title = titleOf(about, settings.case);
  const timeout = settings.withinMs ?? (isLong() ? LONG_ROW_WITHIN_MS : ROW_WITHIN_MS);
  const test = async (context: TestContext): Promise<void> => {
    await play(context, { stage, about, settings, body });
  };
  const declare = settings.isAlone === true ? it : it.concurrent;
  declare(title, { timeout }, test);
}

interface Play {
  readonly stage: Stage;
  readonly about: Row;
  readonly settings: RowSettings;
  readonly body: Body;
}

async function play(context: TestContext, { stage, about, settings, body }: Play): Promise<void> {
  const { number } = about;
  const figures: Figure[] = [];
  const report = { number, case: settings.case, figures };
  context.task.meta.row = report;
  const notRun = await firstUnmet([...(about.needs ?? []), ...(settings.needs ?? [])]);
  if (notRun !== undefined) {
    context.task.meta.row = { ...report, notRun };
    context.skip(notRun);
  }
  const scene = await FaultScene.open(stage.forkcast, {
    row: about,
    reach: stage.reach,
    ...settings,
  });
  try {
    await body(scene);
    await assertHealthy(scene, about, settings.mayOverlap !== undefined);
  } finally {
    figures.push(...scene.figures);
    await scene.close();
  }
}

/** Throws unless all beside the fault went on as if it had not been. */
async function assertHealthy(scene: FaultScene, about: Row, mayOverlap: boolean): Promise<void> {
  const { witness, encoder } = scene;
  const demand = about.witness ?? 'whole';
  const faults: string[] = [];
  if (demand === 'whole') {
    if (encoder.broken !== undefined) faults.push(`the encoder's connection: ${encoder.broken}`);
    if (encoder.unsentBytesMax > UNSENT_BYTES_MAX) {
      faults.push(`the encoder was held up, with ${encoder.unsentBytesMax} bytes unsent`);
    }
    const last = encoder.sentFrames - 1;
    const isHeard = () => (witness.judge.lastFrame ?? -1) >= last;
    await scene
      .until(`frame ${last} is at the healthy destination`, isHeard, HEARD_WITHIN_MS)
      .catch((thrown: unknown) => faults.push(String(thrown)));
  }
  const seen = mayOverlap ? witness.judge.faults : witness.faults;
  faults.push(...seen.map((one) => `the healthy destination: ${one}`));
  faults.push(...scene.overlaps);
  scene.figure(STANDARD_FIGURES.frames, witness.judge.agesMs.length, '');
  scene.figure(STANDARD_FIGURES.age, witness.ageMs, 'ms');
  scene.figure(STANDARD_FIGURES.pause, witness.judge.longestPauseMs, 'ms');
  scene.figure(STANDARD_FIGURES.unsent, encoder.unsentBytesMax, 'bytes');
  if (faults.length > 0) throw new Error(faults.join('\n'));
}

function assertCase({ number, cases }: Row, name: string | undefined): void {
  const isKnown = name === undefined ? cases === undefined : cases?.includes(name) === true;
  if (!isKnown) throw new Error(`row ${number} has no case ${name ?? 'without a name'}`);
}

function isLong(): boolean {
  return process.env['LONG'] === '1';
}
