import type { IncidentCode } from '#contracts';
import type { Incident } from './incidents.ts';
import type { Tone } from './looks.ts';
import { timeSpan } from './words.ts';

/** How one entry of a timeline looks, and what it means. */
export interface EntryLook {
  readonly tone: Tone;
  readonly icon: 'check' | 'slow' | 'attention' | 'stopped' | 'person' | 'retry';
  /** What it means to the owner, where the sentence of the entry itself does not say it. */
  readonly meaning?: string;
}

const good: EntryLook = { tone: 'good', icon: 'check' };
const fair: EntryLook = { tone: 'fair', icon: 'slow' };
const quiet: EntryLook = { tone: 'quiet', icon: 'stopped' };

/** What asked for a person; `bad` only while it still does. */
const needy: EntryLook = { tone: 'bad', icon: 'attention' };
const wasNeedy: EntryLook = { tone: 'fair', icon: 'attention' };

const looks: Readonly<Record<IncidentCode, EntryLook>> = {
  BROADCAST_STARTED: good,
  BROADCAST_ENDED: quiet,
  BROADCAST_MOVED: fair,
  RELAY_RESTARTED: {
    ...fair,
    meaning: 'The broadcast goes on; destinations were connected anew.',
  },
  ENCODER_LOST: fair,
  ENCODER_FROZEN: { ...fair, meaning: 'Look at the encoder: it is connected all the same.' },
  ENCODER_RETURNED: good,
  ENCODER_TAKEN_OVER: { ...fair, meaning: 'If that was not you, make a new stream key.' },
  ENCODER_REFUSED: { ...fair, meaning: 'The broadcast goes on with the encoder it has.' },
  ENCODERS_FIGHT: {
    ...wasNeedy,
    meaning: 'Stop one of them, or give it the key of the backup input.',
  },
  ENCODER_QUARANTINED: {
    ...wasNeedy,
    meaning: 'Restart the encoder, or use another one; it is let in again after five minutes.',
  },
  INPUT_STANDBY: { ...good, meaning: 'It takes over when the other one fails.' },
  INPUT_LOST: { ...fair, meaning: 'Viewers saw nothing of it; there is no reserve now.' },
  INPUT_SWITCHED: fair,
  INPUT_PARAMETERS_CHANGED: {
    ...fair,
    meaning: 'Some platforms do not follow a change of codec or picture size in a broadcast.',
  },
  HOLD_STARTED: { ...fair, meaning: 'It keeps the destinations from ending the broadcast.' },
  HOLD_REDUCED: { ...fair, meaning: 'Some platforms may end the broadcast sooner.' },
  SLATE_UNUSABLE: { ...fair, meaning: 'Another picture, or another encoder setting, may help.' },
  PUSH_LIVE: good,
  PUSH_DEGRADED: fair,
  PUSH_RECOVERED: good,
  PUSH_STOPPED: quiet,
  PUSH_DRAINING: quiet,
  PUSH_RESUMED: good,
  PUSH_DELAYED: quiet,
  DELAY_SHORTENED: {
    ...fair,
    meaning: 'A lower bitrate of the encoder leaves room for a longer one.',
  },
  PUSH_BACKUP_URL: fair,
  PUSH_MAIN_URL: good,
  PUSH_WARNING: fair,
  PUSH_WARNING_OVER: good,
};

/** A push that failed is tried again: nobody has to do anything. */
const failure: EntryLook = { tone: 'fair', icon: 'retry' };

/** What people asked for is neither good nor bad. */
const action: EntryLook = { tone: 'quiet', icon: 'person' };

/**
 * How an entry looks. What mends itself is fair at worst.
 * @param asksForPerson it goes on until a person has done something.
 */
export function entryLook(entry: Incident, asksForPerson: boolean): EntryLook {
  if (kindOf(entry) === 'action') return action;
  const look = isIncidentCode(entry.code) ? looks[entry.code] : failure;
  if (!asksForPerson) return look;
  return { ...needy, ...(look.meaning !== undefined && { meaning: look.meaning }) };
}

/** `Kick is live.` is `Kick is live again after 16 s.`, if it was away for so long. */
export function returnWords(message: string, awayMs: number): string {
  return message.replace(/ is live\.$/, ` is live again after ${timeSpan(awayMs)}.`);
}

/** A push that fails is told with the code of its failure, which no list of ours holds. */
export function isFailure(entry: Incident): boolean {
  return kindOf(entry) === 'push' && !isIncidentCode(entry.code);
}

/** What an entry is about. Relays of earlier versions do not say it. */
export function kindOf({ kind, destinationId, actor }: Incident): NonNullable<Incident['kind']> {
  if (kind !== undefined) return kind;
  if (actor) return 'action';
  return destinationId ? 'push' : 'ingest';
}

function isIncidentCode(code: string): code is IncidentCode {
  return Object.hasOwn(looks, code);
}
