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

type Told = Pick<PastBroadcastDetail, 'endedAt' | 'attempts' | 'destinations'>;

/** In the order in which they were tried first. */
export function outcomesOf({ endedAt, attempts, destinations }: Told): Outcome[] {
  return destinations.map((told) => {
    const { destinationId } = told;
    const own = attempts.filter((attempt) => attempt.destinationId === destinationId);
    const failure = own.findLast(isFailed);
    return {
      destinationId,
      ...countedOutcome(told, endedAt === null && own.at(-1)?.endedAt === null),
      failure: failure && { message: failure.message, remoteWords: failure.remoteWords },
    };
  });
}

/** As the API has counted. */
export function countedOutcome(
  told: PastBroadcast['destinations'][number],
  isUnderWay = false,
): Pick<Outcome, 'name' | 'tone' | 'icon' | 'words'> {
  return { name: told.name ?? nameless, ...lookOf(told, isUnderWay) };
}

function lookOf(
  told: PastBroadcast['destinations'][number],
  isUnderWay: boolean,
): Pick<Outcome, 'tone' | 'icon' | 'words'> {
  const { livePercent, reconnects, failures, lastClass } = told;
  const again = againWords(reconnects);
  if (isUnderWay) return { tone: 'busy', icon: 'live', words: `under way${again}` };
  const isNeedy = lastClass !== null && needy.has(lastClass);
  const wasLive = livePercent > 0;
  if (!wasLive) return { tone: isNeedy ? 'bad' : 'fair', icon: 'attention', words: 'never live' };
  const words = `live ${livePercent} % of the time${again}`;
  if (isNeedy) return { tone: 'bad', icon: 'attention', words };
  const isFine = reconnects === 0 && failures === 0;
  return isFine ? { tone: 'good', icon: 'check', words } : { tone: 'fair', icon: 'retry', words };
}

function againWords(times: number): string {
  if (times === 0) return '';
  return `, connected again ${times === 1 ? 'once' : `${times} times`}`;
}

/** Whether it ended in a way that goes on until a person has done something. */
export function neededSomebody({ class: kind }: Pick<Attempt, 'class'>): boolean {
  return kind !== null && needy.has(kind);
}

function isFailed({ class: kind }: Attempt): boolean {
  return kind !== null && kind !== 'deliberate';
}
