import type { Tone } from './push-words.ts';

interface IncidentLook {
  readonly tone: Tone;
  /** What it means to the owner, where the sentence of the incident itself does not say it. */
  readonly meaning?: string;
}

/** What is not here is a push's failure: its sentence stands at the destination, too. */
const looks: Readonly<Record<string, IncidentLook>> = {
  BROADCAST_STARTED: { tone: 'good' },
  BROADCAST_ENDED: { tone: 'quiet' },
  BROADCAST_MOVED: { tone: 'fair' },
  ENCODER_LOST: { tone: 'fair' },
  ENCODER_RETURNED: { tone: 'good' },
  ENCODER_TAKEN_OVER: { tone: 'fair' },
  PUSH_LIVE: { tone: 'good' },
  PUSH_RECOVERED: { tone: 'good' },
  PUSH_DEGRADED: { tone: 'fair' },
  PUSH_STOPPED: { tone: 'quiet' },
};

export function incidentLook(code: string): IncidentLook {
  return looks[code] ?? { tone: 'bad' };
}
