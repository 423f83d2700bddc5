import type { Outcome } from '../deliveries/outcome.ts';

export interface Letter {
  readonly to: string;
  /** One line. */
  readonly subject: string;
  /** Plain text. */
  readonly text: string;
}

/** Hands mail over. */
export abstract class Mailer {
  /** Never rejects; within about half a minute. */
  abstract send(letter: Letter): Promise<Outcome>;
  abstract close(): void;
}

/** Where no mail server is set up. */
export class NoMailer extends Mailer {
  override async send(): Promise<Outcome> {
    const fault = 'No mail server is set up here; the operator can set SMTP_URL.';
    return { kind: 'failed', status: null, fault, retryAfterSeconds: null };
  }

  override close(): void {}
}
