import type { Destination, HoldStatus, InputRole, StreamStatus } from '#contracts';
import type { Incidents } from './incidents.ts';
import { pushOf } from './live-state.ts';
import type { PushView, StreamWithDestinations } from './live-state.ts';
import { isLongAway, leadOf, leadWords } from './looks.ts';
import type { Lead, Look, Tone } from './looks.ts';
import { wantedOf } from './wishes.ts';
import type { Wishes } from './wishes.ts';

/**
 * How a stream does, in one glance. It changes with what is so and not with the seconds, because it
 * is read out whenever it changes; what counts on stands apart, in `time`.
 */
export interface Summary {
  readonly tone: Tone;
  readonly icon: Look['icon'] | 'hold' | 'unlinked';
  /** `All 3 live`, `Twitch needs you` */
  readonly word: string;
  /** What becomes of it, or what to do; empty where nothing is left to say. */
  readonly detail: string;
  /** `left`: until when it stays so. `heard`: when this was last known. */
  readonly time: { readonly as: 'left' | 'heard'; readonly at: string } | null;
  /** How many of those that are wanted are live: `2/3`; empty while nothing comes in. */
  readonly count: string;
  /** What mends it, where it is one thing at one destination. */
  readonly action: SummaryAction | null;
}

export interface SummaryAction {
  readonly lead: Lead;
  readonly words: string;
  readonly destinationId: string;
}

/** What is known of a stream, and since when nothing more. */
export interface SummaryFacts {
  readonly stream: StreamWithDestinations;
  /** Undefined: not loaded yet. */
  readonly status: StreamStatus | undefined;
  readonly wishes: Wishes;
  readonly incidents?: Incidents | undefined;
  /** When the page lost the server, or the relay fell silent; null: all of this is so. */
  readonly lastHeardAtMs: number | null;
}

/** The relay says once that encoders fight, and again when they go on. */
export const fightShownMs = 60_000;

interface Row {
  readonly name: string;
  readonly destination: Destination;
  readonly push: PushView;
}

/** Worst first: what stands in front is what the summary says. */
export function summaryOf(facts: SummaryFacts, nowMs: number): Summary {
  const { stream, status, wishes, lastHeardAtMs } = facts;
  const rows = stream.destinations
    .filter((destination) => wantedOf(destination, wishes, nowMs).enabled)
    .map((destination): Row => ({
      name: destination.name,
      destination,
      push: pushOf(destination, status),
    }));
  const heard = heardOf(lastHeardAtMs);
  const red = fightOf(facts, nowMs) ?? needsOf(rows);
  const isOff = status === undefined || status.state === 'offline';
  const count = isOff ? '' : `${liveOf(rows).length}/${rows.length}`;
  if (red !== undefined) return { ...plain, ...red, time: heard, count };
  if (heard !== null) return { ...plain, ...unheard, time: heard, count };
  if (status === undefined) return plain;
  const told = isOff
    ? offOf(stream, status, rows)
    : (awayOf(status) ?? frozenOf(status) ?? ownOf(stream, status, rows, nowMs));
  return { ...plain, ...told, count };
}

type Told = Partial<Summary> & Pick<Summary, 'tone' | 'icon' | 'word'>;

const plain: Summary = {
  tone: 'quiet',
  icon: 'await',
  word: 'Loading…',
  detail: '',
  time: null,
  count: '',
  action: null,
};

const unheard: Told = {
  tone: 'quiet',
  icon: 'unlinked',
  word: 'Not up to date',
  detail: 'Your broadcast goes on without this page.',
};

function heardOf(lastHeardAtMs: number | null): Summary['time'] {
  if (lastHeardAtMs === null) return null;
  return { as: 'heard', at: new Date(lastHeardAtMs).toISOString() };
}

function fightOf({ incidents, status }: SummaryFacts, nowMs: number): Told | undefined {
  const isThis = incidents !== undefined && incidents.broadcastId === status?.broadcast?.id;
  const fight = isThis ? incidents.items.find(({ code }) => code === 'ENCODERS_FIGHT') : undefined;
  if (fight === undefined || nowMs - Date.parse(fight.at) >= fightShownMs) return undefined;
  return {
    tone: 'bad',
    icon: 'attention',
    word: 'Two encoders fight',
    detail: 'Stop one of them, or give it the key of the backup input.',
  };
}

function needsOf(rows: readonly Row[]): Told | undefined {
  const those = rows.filter(({ push }) => push.state === 'needs_attention');
  const [first, ...others] = those;
  if (first === undefined) return undefined;
  const look = { tone: 'bad', icon: 'attention' } as const;
  if (others.length > 0) {
    return { ...look, word: `${those.length} destinations need you`, detail: `${namesOf(those)}.` };
  }
  const lead = leadOf(first.push);
  const action = lead && {
    lead,
    words: leadWords[lead],
    destinationId: first.destination.id,
  };
  return {
    ...look,
    word: `${first.name} needs you`,
    detail: first.push.lastError?.message ?? '',
    action: action ?? null,
  };
}

const seenByViewers: Readonly<Record<HoldStatus['picture'], string>> = {
  'last-picture': 'Viewers see the last picture.',
  keyframe: 'Viewers see the last picture.',
  slate: 'Viewers see the slate.',
  none: 'Destinations stay connected.',
};

/** Whether it lost its line or has crashed cannot be seen from here. */
const comesBack = 'It may come back by itself; if not, start it again.';

/** The broadcast waits for its encoder. */
function awayOf({ state, hold, graceEndsAt, inputs }: StreamStatus): Told | undefined {
  if (state !== 'grace' && hold === null) return undefined;
  const isConnected = Object.values(inputs).some((input) => input?.health === 'frozen');
  const seen = seenByViewers[hold?.picture ?? 'none'];
  return {
    tone: 'fair',
    icon: 'hold',
    word: isConnected ? 'No picture from the encoder, protected' : 'Encoder away, protected',
    detail: `${seen} ${isConnected ? 'Look at your encoder.' : comesBack}`,
    time: graceEndsAt === null ? null : { as: 'left', at: graceEndsAt },
  };
}

const other: Readonly<Record<InputRole, InputRole>> = { primary: 'backup', backup: 'primary' };

/** One input has stopped sending pictures, or is about to be left for the other one. */
function frozenOf({ inputs, activeInput }: StreamStatus): Told | undefined {
  const look = { tone: 'fair', icon: 'slow' } as const;
  for (const role of ['primary', 'backup'] as const) {
    if (inputs[role]?.health !== 'frozen') continue;
    if (role === activeInput) {
      return { ...look, word: 'No picture from the encoder', detail: 'Look at your encoder.' };
    }
    const detail = `The ${other[role]} input is on air. Viewers see nothing of it.`;
    return { ...look, word: `The ${role} input sends no picture`, detail };
  }
  return undefined;
}

/** Of the destinations, while something comes in. */
function ownOf(
  stream: StreamWithDestinations,
  status: StreamStatus,
  rows: readonly Row[],
  nowMs: number,
): Told {
  if (rows.length === 0) return nothingOn(stream, status);
  const isWith = (test: (push: PushView) => boolean): Row[] =>
    rows.filter(({ push }) => test(push));
  const longAway = isWith((push) => isLongAway(push, nowMs));
  const away = isWith(({ state }) => state === 'retrying');
  const behind = isWith(({ state }) => state === 'degraded');
  const later = isWith(({ startsAt, state }) => startsAt !== null && state !== 'live');
  const coming = isWith(({ state }) => state !== 'live' && state !== 'degraded');
  const unbegun = isWith(hasNothingSent);
  const say = (look: Pick<Told, 'tone' | 'icon'>, those: readonly Row[], does: Does): Told => {
    const [one, many, after] = does;
    const text = `${namesOf(those)} ${those.length === 1 ? one : many}`;
    if (rows.length === 1) return { ...look, word: text, detail: after };
    return { ...look, word: liveWord(rows), detail: `${text}. ${after}`.trim() };
  };
  if (longAway.length > 0) return say({ tone: 'fair', icon: 'retry' }, longAway, does.longAway);
  if (away.length > 0) return say({ tone: 'fair', icon: 'retry' }, away, does.away);
  if (behind.length > 0) return say({ tone: 'fair', icon: 'slow' }, behind, does.behind);
  const dialled = coming.filter((row) => !later.includes(row));
  if (dialled.length > 0) return say({ tone: 'busy', icon: 'busy' }, dialled, does.starting);
  if (unbegun.length > 0) return say({ tone: 'busy', icon: 'await' }, unbegun, does.unbegun);
  if (later.length > 0) return say({ tone: 'busy', icon: 'await' }, later, does.later);
  return { tone: 'good', icon: 'live', word: liveWord(rows) };
}

type Does = readonly [one: string, many: string, after: string];

const does = {
  longAway: [
    'is still reconnecting',
    'are still reconnecting',
    'It goes on trying; have a look at the platform.',
  ],
  away: ['is reconnecting', 'are reconnecting', 'No action needed.'],
  behind: ['is falling behind', 'are falling behind', 'It catches up by itself.'],
  starting: ['is connecting', 'are connecting', ''],
  unbegun: ['waits for a keyframe', 'wait for a keyframe', ''],
  later: ['starts with its delay', 'start with their delays', ''],
} as const satisfies Readonly<Record<string, Does>>;

/** Connected, and waiting for a keyframe: viewers see nothing of it yet. */
const hasNothingSent = (push: PushView): boolean => push.waitingForKeyframe === true;

function liveOf(rows: readonly Row[]): Row[] {
  return rows.filter(
    ({ push }) => ['live', 'degraded'].includes(push.state) && !hasNothingSent(push),
  );
}

function liveWord(rows: readonly Row[]): string {
  const live = liveOf(rows).length;
  if (live < rows.length) return `${live} of ${rows.length} live`;
  const [only, second] = rows;
  if (only !== undefined && second === undefined) return `${only.name} is live`;
  return live === 2 ? 'Both live' : `All ${live} live`;
}

/** Something comes in and nothing is wanted to go out. */
function nothingOn({ destinations }: StreamWithDestinations, { pushes }: StreamStatus): Told {
  if (pushes.some(({ state }) => state === 'draining')) return finishing;
  const detail = 'Nothing leaves Forkcast.';
  if (destinations.length > 0) {
    return { tone: 'quiet', icon: 'stopped', word: '0 destinations on', detail };
  }
  return { tone: 'quiet', icon: 'stopped', word: '0 destinations', detail };
}

const finishing: Told = {
  tone: 'quiet',
  icon: 'live',
  word: 'Finishing',
  detail: 'What is held back is played to the end.',
};

/** Nothing comes in. */
function offOf(
  { destinations }: StreamWithDestinations,
  { pushes }: StreamStatus,
  rows: readonly Row[],
): Told {
  if (pushes.some(({ state }) => state === 'draining')) return finishing;
  const look = { tone: 'quiet', icon: 'await', word: 'Awaiting your encoder' } as const;
  if (destinations.length === 0) return { ...look, detail: 'Add a destination first.' };
  if (rows.length === 0) return { ...look, detail: 'No destination is on.' };
  const [only] = rows;
  const who =
    rows.length === 1 ? `${only?.name ?? ''} starts` : `${rows.length} destinations start`;
  return { ...look, detail: `${who} by ${rows.length === 1 ? 'itself' : 'themselves'} then.` };
}

/** `Twitch`, `Twitch and Kick`, `Twitch, Kick and 3 more` */
function namesOf(rows: readonly Row[]): string {
  const [first, second, ...more] = rows.map(({ name }) => name);
  if (second === undefined) return first ?? '';
  if (more.length === 0) return `${first} and ${second}`;
  return `${first}, ${second} and ${more.length} more`;
}

const ranks: readonly Tone[] = ['bad', 'fair', 'busy', 'good', 'quiet'];

/** The one of several streams that most wants to be looked at. */
export function worstOf(summaries: readonly Summary[]): Summary | undefined {
  const inOrder = [...summaries];
  inOrder.sort((a, b) => ranks.indexOf(a.tone) - ranks.indexOf(b.tone));
  return inOrder[0];
}

const signs: Readonly<Record<Tone, string>> = {
  bad: '▲ ',
  fair: '△ ',
  busy: '○ ',
  good: '● ',
  quiet: '',
};

/** What the browser's tab says: `● 3/3 Friday show`, `▲ Twitch needs you`. */
export function tabTitle({ tone, word, count }: Summary, name: string): string {
  if (tone === 'bad') return `${signs.bad}${word}`;
  return `${signs[tone]}${count === '' ? '' : `${count} `}${name}`;
}
