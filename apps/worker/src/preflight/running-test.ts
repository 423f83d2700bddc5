import type { PreflightResult, PreflightStep } from '#contracts';
import type { Clock } from '#kernel';
import type { OutboundFailure, PeerCertificate } from '#outbound';
import { classifyFailure, failureOf, type AttemptStage, type FailureCode } from '#relay-core';

export type StepName = PreflightStep['name'];

/** A certificate that runs out so soon is worth a word. */
export const CERTIFICATE_DAYS_SHORT = 14;
const MS_PER_DAY = 86_400_000;

const DONE: Readonly<Record<StepName, string>> = {
  resolve: 'The server name was found.',
  tcp: 'The server took the connection.',
  tls: 'The server’s certificate is trusted.',
  handshake: 'The server speaks RTMP.',
  connect: 'The server knows the application in the URL.',
  publish: 'The platform took a private test stream, and showed it to nobody.',
};

/** What a step saw beside its success. */
type Seen = Pick<PreflightStep, 'addresses' | 'certificate'>;

/** The steps of one test, with how long each took. */
export class RunningTest {
  readonly #clock: Clock;
  readonly #steps: PreflightStep[] = [];
  #stepBeganMs: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#stepBeganMs = clock.monotonicMs();
  }

  resolved(addresses: readonly string[]): void {
    this.#add('resolve', true, DONE.resolve, { addresses: [...addresses] });
  }

  /** `address`: which of those that were found took the connection. */
  connected(address: string | undefined): void {
    const detail = address === undefined ? DONE.tcp : `${DONE.tcp} It is ${address}.`;
    this.#add('tcp', true, detail, address === undefined ? {} : { addresses: [address] });
  }

  secured(shown: PeerCertificate | undefined): void {
    if (shown === undefined || !Number.isFinite(shown.validToMs)) return this.passed('tls');
    const { subject, issuer, validToMs, sha256 } = shown;
    const daysLeft = Math.floor((validToMs - this.#clock.wallMs()) / MS_PER_DAY);
    const isShort = daysLeft <= CERTIFICATE_DAYS_SHORT;
    const detail = isShort ? `${DONE.tls} It runs out in ${days(daysLeft)}.` : DONE.tls;
    const validTo = new Date(validToMs).toISOString();
    this.#add('tls', true, detail, {
      certificate: { subject, issuer, validTo, daysLeft, sha256 },
    });
  }

  passed(name: StepName, detail: string = DONE[name]): void {
    this.#add(name, true, detail);
  }

  ok(): PreflightResult {
    return { ok: true, steps: this.#steps, error: null };
  }

  endedBy(failure: OutboundFailure, isPublish: boolean): PreflightResult {
    return this.failed(stepOf(failure.stage, isPublish), failure.code, failure.detail);
  }

  /** The whole of it took too long; each step by itself has a deadline of its own. */
  overdue(stage: AttemptStage, isPublish: boolean): PreflightResult {
    const code = classifyFailure({ kind: 'timeout', stage });
    return this.failed(stepOf(stage, isPublish), code, 'The server takes too long to answer.');
  }

  failed(name: StepName, code: FailureCode, detail: string): PreflightResult {
    const failure = failureOf(code);
    this.#add(name, false, detail);
    return {
      ok: false,
      steps: this.#steps,
      error: { code, class: failure.class, message: failure.sentence },
    };
  }

  #add(name: StepName, ok: boolean, detail: string, seen: Seen = {}): void {
    const nowMs = this.#clock.monotonicMs();
    this.#steps.push({ name, ok, ms: Math.round(nowMs - this.#stepBeganMs), detail, ...seen });
    this.#stepBeganMs = nowMs;
  }
}

/** Where nothing is published, the last two stages are the answer to `connect` too. */
function stepOf(stage: AttemptStage, isPublish: boolean): StepName {
  if (stage !== 'publish' && stage !== 'live') return stage;
  return isPublish ? 'publish' : 'connect';
}

function days(count: number): string {
  return count === 1 ? '1 day' : `${count} days`;
}
