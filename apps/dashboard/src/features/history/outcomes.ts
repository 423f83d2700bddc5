import type { IconName } from '../../components/icon.tsx';
import type { Attempt, PastBroadcast, PastBroadcastDetail } from '../../lib/history-api.ts';
import type { Tone } from '../../lib/looks.ts';

/** What became of one destination in a broadcast. */
export interface Outcome {
  readonly destinationId: string;
  readonly name: string;
  readonly tone: Tone;
  readonly icon: IconName;
  /** `live 97 % of the time, connected again 3 times` */
  readonly words: string;
  /** Why its last connection that failed did so. */
  readonly failure: Pick<Attempt, 'message' | 'remoteWords'> | undefined;
}

/** The classes of failure that only a person can mend. */
const needy: ReadonlySet<string> = new Set(['rejected', 'tls', 'config', 'content', 'limit']);

const nameless = 'A destination without a name';

type Told = Pick<PastBroadcastDetail, 'startedAt' | 'endedAt' | 'attempts'>;

/** In the order in which they were tried first. */
export function outcomesOf({ startedAt, endedAt, attempts }: Told): Outcome[] {
  const all = new Map<string, Attempt[]>();
  for (const attempt of attempts) {
    const known = all.get(attempt.destinationId);
    if (known === undefined) all.set(attempt.destinationId, [attempt]);
    else known.push(attempt);
  }
  const lengthMs = endedAt === null ? undefined : Date.parse(endedAt) - Date.parse(startedAt);
  return [...all].map(([destinationId, own]) => {
    const failure = own.findLast(isFailed);
    return {
      destinationId,
      name:
        own.findLast(({ destinationName }) => destinationName !== null)?.destinationName ??
        nameless,
      ...lookOf(own, lengthMs),
      failure: failure && { message: failure.message, remoteWords: failure.remoteWords },
    };
  });
}

function lookOf(
  attempts: readonly Attempt[],
  lengthMs: number | undefined,
): Pick<Outcome, 'tone' | 'icon' | 'words'> {
  const last = attempts.at(-1);
  const published = attempts.filter(({ publishedAt }) => publishedAt !== null);
  return lookOfWhole({
    isUnderWay: last?.endedAt === null && lengthMs === undefined,
    isNeedy: last !== undefined && neededSomebody(last),
    hasFailed: attempts.some(isFailed),
    wasLive: published.length > 0,
    reconnects: Math.max(0, published.length - 1),
    livePercent: lengthMs === undefined ? undefined : liveShare(published, lengthMs),
  });
}

/** What became of a destination, counted together. */
interface Whole {
  readonly isUnderWay: boolean;
  /** It ended in a way that asks for a person. */
  readonly isNeedy: boolean;
  readonly hasFailed: boolean;
  readonly wasLive: boolean;
  readonly reconnects: number;
  /** Undefined while the broadcast is under way. */
  readonly livePercent: number | undefined;
}

function lookOfWhole(whole: Whole): Pick<Outcome, 'tone' | 'icon' | 'words'> {
  const { isUnderWay, isNeedy, hasFailed, wasLive, reconnects, livePercent } = whole;
  const again = againWords(reconnects);
  if (isUnderWay) return { tone: 'busy', icon: 'live', words: `under way${again}` };
  if (!wasLive) return { tone: isNeedy ? 'bad' : 'fair', icon: 'attention', words: 'never live' };
  const share = livePercent === undefined ? 'was live' : `live ${livePercent} % of the time`;
  const words = `${share}${again}`;
  if (isNeedy) return { tone: 'bad', icon: 'attention', words };
  const isFine = reconnects === 0 && !hasFailed;
  return isFine ? { tone: 'good', icon: 'check', words } : { tone: 'fair', icon: 'retry', words };
}

/** Of a line of the history: the API has counted. */
export function countedOutcome(
  told: PastBroadcast['destinations'][number],
): Pick<Outcome, 'name' | 'tone' | 'icon' | 'words'> {
  const { name, livePercent, reconnects, failures, lastClass } = told;
  return {
    name: name ?? nameless,
    ...lookOfWhole({
      isUnderWay: false,
      isNeedy: lastClass !== null && needy.has(lastClass),
      hasFailed: failures > 0,
      wasLive: livePercent > 0,
      reconnects,
      livePercent,
    }),
  };
}

function againWords(times: number): string {
  if (times === 0) return '';
  return `, connected again ${times === 1 ? 'once' : `${times} times`}`;
}

/** In percent: a moment is not nothing, and what is sent after the end is not more than all. */
function liveShare(published: readonly Attempt[], lengthMs: number): number {
  const liveMs = published.reduce((sum, { publishedAt, endedAt }) => {
    if (publishedAt === null || endedAt === null) return sum;
    return sum + Math.max(0, Date.parse(endedAt) - Date.parse(publishedAt));
  }, 0);
  const percent = Math.round((liveMs / Math.max(1, lengthMs)) * 100);
  return Math.min(100, Math.max(1, percent));
}

/** Whether it ended in a way that goes on until a person has done something. */
export function neededSomebody({ class: kind }: Pick<Attempt, 'class'>): boolean {
  return kind !== null && needy.has(kind);
}

function isFailed({ class: kind }: Attempt): boolean {
  return kind !== null && kind !== 'deliberate';
}
