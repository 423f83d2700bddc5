import { timeSpan } from '../../lib/words.ts';
import { bytesWords, countWords } from './usage-words.ts';

/** From so many days on it is to be seen that a certificate ends. */
const certificateDaysSoon = 21;
const certificateDaysNow = 1;

/** `12 MB of 256 MB`; without a limit the one alone. */
export function memoryWords(usedBytes: number, maxBytes: number | null): string {
  return maxBytes === null
    ? bytesWords(usedBytes)
    : `${bytesWords(usedBytes)} of ${bytesWords(maxBytes)}`;
}

/** A share of one: `41 %`. */
export function percentWords(share: number): string {
  return `${Math.round(share * 100)} %`;
}

export function partWords(look: { readonly ok: boolean; readonly ms: number | null }): string {
  if (!look.ok) return 'Away';
  return look.ms === null ? 'Answers' : `Answers in ${look.ms} ms`;
}

interface CertificateLeft {
  readonly daysLeft: number;
  readonly isSelfMade: boolean;
}

export function certificateWords({ daysLeft, isSelfMade }: CertificateLeft): string {
  const left = daysLeft < 0 ? 'has ended' : `${daysLeft} ${daysLeft === 1 ? 'day' : 'days'} left`;
  return isSelfMade ? `${left} (self-made)` : left;
}

interface CertificateOf extends CertificateLeft {
  readonly subject: string;
  readonly issuer: string;
}

/** Whose it is, and what is to be done about it. */
export function certificateAdvice(certificate: CertificateOf): string {
  const { daysLeft, isSelfMade, subject, issuer } = certificate;
  if (isSelfMade) {
    return 'OBS refuses it. Give the relay one that is signed: TLS_CERT_FILE and TLS_KEY_FILE.';
  }
  const whose = `${subject}, by ${issuer}.`;
  return daysLeft <= certificateDaysSoon
    ? `${whose} Renew it: the relay reads its files again when they change.`
    : whose;
}

export function certificateTone(daysLeft: number): string {
  if (daysLeft <= certificateDaysNow) return 'tone-bad';
  return daysLeft <= certificateDaysSoon ? 'tone-fair' : 'tone-good';
}

interface Waiting {
  readonly waiting: number;
  readonly oldestWaitingMs: number | null;
}

/** Of all queues together: `Nothing waits`, `3 wait, the first for 12 s`. */
export function waitingWords(queues: readonly Waiting[]): string {
  const count = queues.reduce((sum, { waiting }) => sum + waiting, 0);
  if (count === 0) return 'Nothing waits';
  const oldestMs = Math.max(0, ...queues.map(({ oldestWaitingMs }) => oldestWaitingMs ?? 0));
  const verb = count === 1 ? 'waits' : 'wait';
  return `${countWords(count)} ${verb}, the first for ${timeSpan(oldestMs)}`;
}

const missing: Readonly<Record<string, string>> = {
  postgres: 'Postgres does not answer: nothing can be changed, and nobody can sign in.',
  redis: 'Redis does not answer: this page does not hear what happens.',
  schema: 'The tables are of another version than this Forkcast.',
};

/** What is away, and what goes on without it. */
export function missingWords(part: string): string {
  return `${missing[part] ?? `${part} does not answer.`} Broadcasts that are live go on.`;
}

const refusals: Readonly<Record<string, string>> = {
  'wrong-key': 'its key opens no stream. Make a new one in the settings of the stream.',
  blocked: 'too many wrong keys came from there; it is let in again after a while.',
  refused: 'a rule of the stream does not allow it.',
};

/** Why an encoder was not let in, and what to do. */
export function refusalWords(reason: string): string {
  return refusals[reason] ?? reason;
}
