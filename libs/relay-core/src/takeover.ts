import type {
  Contest,
  Input,
  RefusalReason,
  TakeoverGround,
  TakeoverPolicy,
} from './broadcast-state.ts';

/** An encoder that has sent nothing for this long gives way to a newcomer with the same key. */
export const TAKEOVER_SILENT_MS = 2_000;
/** Two encoders with one key may not throw each other out faster than this. */
export const TAKEOVER_APART_MS = 2_000;
/**
 * So many times may newcomers win over one that sends within the window; then that keeps its place.
 */
export const TAKEOVERS_MAX = 5;
export const TAKEOVER_WINDOW_MS = 60_000;
/** A fight is over when nobody has asked for so long. */
export const FIGHT_OVER_MS = 30_000;

export interface Newcomer {
  readonly address: string;
  readonly encoder: string;
  /** Since the one that has the place last sent media. */
  readonly silentMs: number;
}

export type Judgement =
  | { readonly verdict: 'wins'; readonly ground: TakeoverGround; readonly contest: Contest }
  | {
      readonly verdict: 'refused';
      readonly reason: RefusalReason;
      /** The fight has begun with this request. */
      readonly begins: boolean;
      readonly contest: Contest;
    };

/** Whether a newcomer gets the place of `holder`, an input with the same role. */
export function judgeTakeover(
  policy: TakeoverPolicy,
  holder: Input,
  newcomer: Newcomer,
  before: Contest,
  nowMs: number,
): Judgement {
  const contest = aged(before, nowMs);
  const ground = policy === 'takeover' ? groundOf(holder, newcomer) : undefined;
  const isTooSoon = nowMs - (contest.wonAtMs ?? -Infinity) < TAKEOVER_APART_MS;
  // Who sends nothing fights with nobody: the ghost of a connection keeps no encoder out.
  const isFought = ground !== 'silent';
  if (isFought && contest.fightAskedAtMs !== null) return fighting(contest, false, nowMs);
  if (ground === undefined || isTooSoon) {
    return { verdict: 'refused', reason: 'busy', begins: false, contest };
  }
  const won = { ...contest, wonAtMs: nowMs };
  if (!isFought) return { verdict: 'wins', ground, contest: won };
  if (contest.takeoversAtMs.length >= TAKEOVERS_MAX) return fighting(contest, true, nowMs);
  const takeoversAtMs = [...contest.takeoversAtMs, nowMs];
  return { verdict: 'wins', ground, contest: { ...won, takeoversAtMs } };
}

function fighting(contest: Contest, begins: boolean, nowMs: number): Judgement {
  const fought = { ...contest, fightAskedAtMs: nowMs };
  return { verdict: 'refused', reason: 'fighting', begins, contest: fought };
}

function groundOf(holder: Input, newcomer: Newcomer): TakeoverGround | undefined {
  if (holder.health === 'frozen' || newcomer.silentMs >= TAKEOVER_SILENT_MS) return 'silent';
  if (isSameNetwork(holder.address, newcomer.address)) return 'same-address';
  if (holder.encoder !== '' && holder.encoder === newcomer.encoder) return 'same-encoder';
  return undefined;
}

/** What is too old to matter is forgotten. */
function aged(contest: Contest, nowMs: number): Contest {
  const { fightAskedAtMs } = contest;
  if (fightAskedAtMs !== null && nowMs - fightAskedAtMs >= FIGHT_OVER_MS) {
    return { ...contest, takeoversAtMs: [], fightAskedAtMs: null };
  }
  const takeoversAtMs = contest.takeoversAtMs.filter((at) => nowMs - at < TAKEOVER_WINDOW_MS);
  return { ...contest, takeoversAtMs };
}

/** The same IPv4 address, or the same /64 of IPv6, which is one connection's own. */
export function isSameNetwork(one: string, other: string): boolean {
  return one !== '' && networkOf(one) === networkOf(other);
}

const MAPPED = '::ffff:';

function networkOf(address: string): string {
  const plain = address.toLowerCase();
  if (!plain.includes(':')) return plain;
  if (plain.startsWith(MAPPED) && plain.includes('.')) return plain.slice(MAPPED.length);
  const [head = '', tail] = plain.split('::');
  const groups = head === '' ? [] : head.split(':');
  if (tail !== undefined) {
    const after = tail === '' ? 0 : tail.split(':').length;
    while (groups.length + after < 8) groups.push('0');
    if (tail !== '') groups.push(...tail.split(':'));
  }
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
