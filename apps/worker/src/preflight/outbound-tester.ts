import type { PreflightResult, PreflightStep } from '#contracts';
import { CodedError, Secret, sentenceOf, type Clock, type Timers } from '#kernel';
import {
  parseDestinationUrl,
  resolveDestination,
  type AddressPolicy,
  type HostResolver,
} from '#net';
import { OutboundConnection, type OutboundFailure } from '#outbound';
import { classifyFailure, failureOf, type AttemptStage, type FailureCode } from '#relay-core';
import { DestinationTester } from './destination-tester.ts';

export interface OutboundTesterPorts {
  readonly policy: AddressPolicy;
  readonly resolve: HostResolver;
  readonly clock: Clock;
  readonly timers: Timers;
  /** Undefined when there is no such destination. */
  urlOf(destinationId: string): Promise<string | undefined>;
}

type StepName = PreflightStep['name'];

const DONE: Readonly<Record<StepName, string>> = {
  resolve: 'The server name was found.',
  tcp: 'The server took the connection.',
  tls: 'The server’s certificate is trusted.',
  handshake: 'The server speaks RTMP.',
  connect: 'The server knows the application in the URL.',
};

/**
 * Goes the way of a push up to the server's answer to `connect`, and not further: a publish would
 * show the stream, and a wrong key can lock an account.
 */
export class OutboundTester extends DestinationTester {
  readonly #ports: OutboundTesterPorts;

  constructor(ports: OutboundTesterPorts) {
    super();
    this.#ports = ports;
  }

  async test(destinationId: string): Promise<PreflightResult> {
    const url = await this.#ports.urlOf(destinationId);
    if (url === undefined) {
      throw new CodedError('DESTINATION_MISSING', 'There is no such destination any more.');
    }
    const test = new RunningTest(this.#ports.clock);
    try {
      await resolveDestination(
        parseDestinationUrl(url).host,
        this.#ports.policy,
        this.#ports.resolve,
      );
    } catch (error) {
      const code = error instanceof CodedError ? String(error.code) : undefined;
      return test.failed(
        'resolve',
        classifyFailure({ kind: 'error', stage: 'resolve', code }),
        sentenceOf(error),
      );
    }
    test.passed('resolve');
    return this.#connect(url, test);
  }

  #connect(url: string, test: RunningTest): Promise<PreflightResult> {
    return new Promise((resolve) => {
      const connection = new OutboundConnection(
        { url, streamKey: new Secret(''), goal: 'connect' },
        this.#ports,
        {
          onReached: (stage) => {
            const step = stepOf(stage);
            test.passed(step);
            if (step === 'connect') connection.close();
          },
          onPublishing: () => undefined,
          onAcknowledged: () => undefined,
          onEnded: (failure) => resolve(failure === undefined ? test.ok() : test.endedBy(failure)),
        },
      );
      connection.start();
    });
  }
}

/** The steps of one test, with how long each took. */
class RunningTest {
  readonly #clock: Clock;
  readonly #steps: PreflightStep[] = [];
  #stepBeganMs: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#stepBeganMs = clock.monotonicMs();
  }

  passed(name: StepName): void {
    this.#add(name, true, DONE[name]);
  }

  ok(): PreflightResult {
    return { ok: true, steps: this.#steps, error: null };
  }

  endedBy(failure: OutboundFailure): PreflightResult {
    return this.failed(stepOf(failure.stage), failure.code, failure.detail);
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

  #add(name: StepName, ok: boolean, detail: string): void {
    const nowMs = this.#clock.monotonicMs();
    this.#steps.push({ name, ok, ms: Math.round(nowMs - this.#stepBeganMs), detail });
    this.#stepBeganMs = nowMs;
  }
}

/** A test ends before a publish, so the last two stages are the answer to `connect` too. */
function stepOf(stage: AttemptStage): StepName {
  return stage === 'publish' || stage === 'live' ? 'connect' : stage;
}
