import type { IncidentCode } from '#contracts';
import type { Incident } from '../../lib/incidents.ts';
import type { Tone } from '../../lib/looks.ts';

interface IncidentLook {
  readonly tone: Tone;
  /** What it means to the owner, where the sentence of the incident itself does not say it. */
  readonly meaning?: string;
}

const looks: Readonly<Record<IncidentCode, IncidentLook>> = {
  BROADCAST_STARTED: { tone: 'good' },
  BROADCAST_ENDED: { tone: 'quiet' },
  BROADCAST_MOVED: { tone: 'fair' },
  RELAY_RESTARTED: {
    tone: 'fair',
    meaning: 'The broadcast goes on; destinations were connected anew.',
  },
  ENCODER_LOST: { tone: 'fair' },
  ENCODER_FROZEN: { tone: 'fair', meaning: 'Look at the encoder: it is connected all the same.' },
  ENCODER_RETURNED: { tone: 'good' },
  ENCODER_TAKEN_OVER: { tone: 'fair', meaning: 'If that was not you, make a new stream key.' },
  ENCODER_REFUSED: { tone: 'fair', meaning: 'The broadcast goes on with the encoder it has.' },
  ENCODERS_FIGHT: {
    tone: 'bad',
    meaning: 'Stop one of them, or give it the key of the backup input.',
  },
  INPUT_STANDBY: { tone: 'good', meaning: 'It takes over when the other one fails.' },
  INPUT_LOST: { tone: 'fair', meaning: 'Viewers saw nothing of it; there is no reserve now.' },
  INPUT_SWITCHED: { tone: 'fair' },
  INPUT_PARAMETERS_CHANGED: {
    tone: 'fair',
    meaning: 'Some platforms do not follow a change of codec or picture size in a broadcast.',
  },
  HOLD_STARTED: { tone: 'fair', meaning: 'It keeps the destinations from ending the broadcast.' },
  HOLD_REDUCED: { tone: 'fair', meaning: 'Some platforms may end the broadcast sooner.' },
  SLATE_UNUSABLE: {
    tone: 'fair',
    meaning: 'Another picture, or another encoder setting, may help.',
  },
  PUSH_LIVE: { tone: 'good' },
  PUSH_DEGRADED: { tone: 'fair' },
  PUSH_RECOVERED: { tone: 'good' },
  PUSH_STOPPED: { tone: 'quiet' },
  PUSH_DRAINING: { tone: 'quiet' },
  PUSH_RESUMED: { tone: 'good' },
  PUSH_DELAYED: { tone: 'quiet' },
  DELAY_SHORTENED: {
    tone: 'fair',
    meaning: 'A lower bitrate of the encoder leaves room for a longer one.',
  },
  PUSH_BACKUP_URL: { tone: 'fair' },
  PUSH_MAIN_URL: { tone: 'good' },
  PUSH_WARNING: { tone: 'fair' },
  PUSH_WARNING_OVER: { tone: 'good' },
};

/** A code that is not here is a push's failure: its sentence stands at the destination, too. */
const failure: IncidentLook = { tone: 'bad' };

/** What people asked for is neither good nor bad. */
const action: IncidentLook = { tone: 'quiet' };

export function incidentLook({ kind, code }: Pick<Incident, 'kind' | 'code'>): IncidentLook {
  if (kind === 'action') return action;
  return isIncident(code) ? looks[code] : failure;
}

/** A platform's own words, told apart from ours. */
export function saidBy(remoteWords: string): string {
  return `The server said: “${remoteWords}”`;
}

function isIncident(code: string): code is IncidentCode {
  return Object.hasOwn(looks, code);
}
