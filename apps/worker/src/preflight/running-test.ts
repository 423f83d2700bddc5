import type { PreflightResult, PreflightStep } from '#contracts';
import type { Clock } from '#kernel';
import type { OutboundFailure, PeerCertificate } from '#outbound';
import { classifyFailure, failureOf, type AttemptStage } from '#relay-core';
import { detailOfTest, sentenceOfTest, type StepName, type TestFault } from './test-words.ts';

/** A certificate that runs out so soon is worth a word. */
export const CERTIFICATE_DAYS_SHORT = 14;
const MS_PER_DAY = 86_400_000;
const SHA256 = /\b[0-9a-f]{64}\b/;

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
  readonly #isTls: boolean;
  readonly #steps: PreflightStep[] = [];
  #stepBeganMs: number;

  /** `isTls`: the URL begins with rtmps://. */
  constructor(clock: Clock, isTls: boolean) {
    this.#clock = clock;
    this.#isTls = isTls;
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
    const { code, stage, errorCode, remoteWords, detail } = failure;
    const sha256 = SHA256.exec(detail)?.[0];
    return this.failed({ code, step: stepOf(stage, isPublish), errorCode, remoteWords, sha256 });
  }

  /** The whole of it took too long; each step by itself has a deadline of its own. */
  overdue(stage: AttemptStage, isPublish: boolean): PreflightResult {
    const code = classifyFailure({ kind: 'timeout', stage });
    return this.failed({ code, step: stepOf(stage, isPublish) });
  }

  failed(fault: TestFault): PreflightResult {
    const { code, step } = fault;
    this.#add(step, false, detailOfTest(fault, this.#isTls));
    const message = sentenceOfTest(fault, this.#isTls);
    return {
      ok: false,
      steps: this.#steps,
      error: { code, class: failureOf(code).class, message },
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
