import type { PreflightResult } from '#contracts';
import { CodedError, Secret, type Clock, type Timers } from '#kernel';
import {
  parseDestinationUrl,
  resolveDestination,
  type AddressPolicy,
  type HostResolver,
  type ResolvedAddress,
} from '#net';
import { OutboundConnection, type OutboundTarget, type StageSeen } from '#outbound';
import { findPlatform, privateTestKey } from '#platforms';
import { classifyFailure, type AttemptStage } from '#relay-core';
import { DestinationTester } from './destination-tester.ts';
import { RunningTest } from './running-test.ts';
import { TestClip } from './test-clip.ts';
import type { TestedDestination } from './tested-destination.ts';

/** Of all steps behind the name's resolution: whoever asks waits a little longer. */
export const CONNECT_MS_MAX = 18_000;
/** The built-in destination: nothing of it leaves this machine. */
const BUILT_IN = 'test';

export interface OutboundTesterPorts {
  readonly policy: AddressPolicy;
  readonly resolve: HostResolver;
  readonly clock: Clock;
  readonly timers: Timers;
  /** Undefined when there is no such destination. */
  find(destinationId: string): Promise<TestedDestination | undefined>;
}

/**
 * Goes the way of a push up to the server's answer to `connect`, and further only with the
 * platform's own private test: any other publish would show the stream, and a wrong key can lock an
 * account.
 */
export class OutboundTester extends DestinationTester {
  readonly #ports: OutboundTesterPorts;

  constructor(ports: OutboundTesterPorts) {
    super();
    this.#ports = ports;
  }

  async test(destinationId: string, publish: boolean): Promise<PreflightResult> {
    const destination = await this.#ports.find(destinationId);
    if (destination === undefined) {
      throw new CodedError('DESTINATION_MISSING', 'There is no such destination any more.');
    }
    const test = new RunningTest(this.#ports.clock, isRtmps(destination.url));
    if (destination.platform === BUILT_IN) {
      test.passed('connect', 'The test destination is built in: it is always there.');
      return test.ok();
    }
    // Before anything is dialled: what cannot be asked is told at once.
    const key = publish ? await privateKeyOf(destination) : undefined;
    const addresses = await this.#resolve(destination.url, test);
    if (!Array.isArray(addresses)) return addresses;
    test.resolved(addresses.map(({ address }) => address));
    return this.#connect(destination, key, test);
  }

  async #resolve(url: string, test: RunningTest): Promise<ResolvedAddress[] | PreflightResult> {
    const { policy, resolve } = this.#ports;
    try {
      return [...(await resolveDestination(parseDestinationUrl(url).host, policy, resolve))];
    } catch (error) {
      const code = error instanceof CodedError ? String(error.code) : undefined;
      const failure = classifyFailure({ kind: 'error', stage: 'resolve', code });
      return test.failed({ code: failure, step: 'resolve' });
    }
  }

  #connect(
    { url, certificateSha256 }: TestedDestination,
    key: Secret | undefined,
    test: RunningTest,
  ): Promise<PreflightResult> {
    const isPublish = key !== undefined;
    const target: OutboundTarget = isPublish
      ? { url, certificateSha256, streamKey: key }
      : { url, certificateSha256, streamKey: new Secret(''), goal: 'connect' };
    return new Promise((resolve) => {
      const { timers } = this.#ports;
      let awaited: AttemptStage = 'tcp';
      let isOverdue = false;
      let clip: TestClip | undefined;
      const connection = new OutboundConnection(target, this.#ports, {
        onReached: (stage, seen) => {
          note(test, stage, seen);
          awaited = stageAfter(stage, url);
          if (stage === 'connect' && !isPublish) connection.close();
        },
        onPublishing: (messageStreamId) => {
          clip = new TestClip(messageStreamId, connection, timers, () => {
            test.passed('publish');
            connection.close();
          });
          clip.play();
        },
        onAcknowledged: () => undefined,
        onReconnectRequest: () => undefined,
        onEnded: (failure) => {
          clip?.stop();
          cancel();
          if (failure !== undefined) resolve(test.endedBy(failure, isPublish));
          else resolve(isOverdue ? test.overdue(awaited, isPublish) : test.ok());
        },
      });
      const cancel = timers.after(CONNECT_MS_MAX, () => {
        isOverdue = true;
        connection.reset();
      });
      connection.start();
    });
  }
}

/** Also of a URL that cannot be used: that one is told by its first step. */
function isRtmps(url: string): boolean {
  return /^rtmps:/i.test(url);
}

function stageAfter(stage: AttemptStage, url: string): AttemptStage {
  if (stage === 'tcp') return isRtmps(url) ? 'tls' : 'handshake';
  if (stage === 'tls') return 'handshake';
  return stage === 'handshake' ? 'connect' : 'publish';
}

function note(test: RunningTest, stage: AttemptStage, seen: StageSeen = {}): void {
  if (stage === 'tcp') test.connected(seen.address);
  else if (stage === 'tls') test.secured(seen.certificate);
  else if (stage === 'handshake' || stage === 'connect') test.passed(stage);
}

/** Rejects with TEST_PUBLISH_UNSUPPORTED, and as opening a key does. */
async function privateKeyOf(destination: TestedDestination): Promise<Secret> {
  const preset = findPlatform(destination.platform);
  const hasTest = preset !== undefined && preset.privateTest !== null;
  const key = hasTest ? privateTestKey(preset, (await destination.openKey()).reveal()) : undefined;
  if (key !== undefined) return new Secret(key);
  const sentence = 'This platform has no test that nobody sees, so nothing was published.';
  throw new CodedError('TEST_PUBLISH_UNSUPPORTED', sentence);
}
