import { signedHeaders, type PostJson } from '#https-call';
import { CodedError, unreachable, type Clock } from '#kernel';
import type { ClaimedDelivery } from '#persistence';
import { openKey, type MasterKey } from '#vault';
import type { Mailer } from '../mail/mailer.ts';
import { discordBody, mailOf, slackBody, standardBody } from './formats.ts';
import { outcomeOf, type Outcome } from './outcome.ts';

/** An endpoint that takes longer has not heard, in ms: it is told again. */
const CALL_DEADLINE_MS = 5_000;
/** What an endpoint answers is not kept; a longer answer is not even read. */
const ANSWER_BYTES_MAX = 65_536;

export interface SenderPorts {
  readonly masterKey: MasterKey;
  readonly postJson: PostJson;
  readonly mailer: Mailer;
  readonly clock: Clock;
}

/** Says one event to one endpoint, in its format. */
export class DeliverySender {
  readonly #ports: SenderPorts;

  constructor(ports: SenderPorts) {
    this.#ports = ports;
  }

  /**
   * Never rejects for what the endpoint does.
   *
   * @param times how often it happened, where several are told as one.
   */
  async send(claim: ClaimedDelivery, times: number): Promise<Outcome> {
    const { event, format } = claim;
    const { masterKey, mailer } = this.#ports;
    const target = openKey(masterKey, `${claim.endpointId}:target`, claim.targetSealed).reveal();
    switch (format) {
      case 'standard':
        return this.#post(target, standardBody(event), claim);
      case 'discord':
        return this.#post(target, discordBody(event, times));
      case 'slack':
        return this.#post(target, slackBody(event, times));
      case 'email':
        return mailer.send({ to: target, ...mailOf(event, times) });
      default:
        return unreachable(format);
    }
  }

  async #post(url: string, body: string, signed?: ClaimedDelivery): Promise<Outcome> {
    const headers = signed === undefined ? {} : this.#headers(signed, body);
    try {
      const answer = await this.#ports.postJson({
        url,
        body,
        headers,
        deadlineMs: CALL_DEADLINE_MS,
        answerBytesMax: ANSWER_BYTES_MAX,
      });
      return outcomeOf(answer.status, answer.retryAfterSeconds);
    } catch (thrown) {
      if (!(thrown instanceof CodedError)) throw thrown;
      return { kind: 'failed', status: null, fault: thrown.message, retryAfterSeconds: null };
    }
  }

  /** The event's id names the message, so that a receiver can drop what it was told before. */
  #headers(claim: ClaimedDelivery, body: string): Record<string, string> {
    const { masterKey, clock } = this.#ports;
    const sealed = [claim.secretSealed, claim.previousSecretSealed].filter((one) => one !== null);
    return signedHeaders({
      id: claim.event.id,
      timestampSeconds: Math.floor(clock.wallMs() / 1_000),
      body,
      secrets: sealed.map((one) => openKey(masterKey, `${claim.endpointId}:secret`, one)),
    });
  }
}
