import { isIP } from 'node:net';
import { createTransport } from 'nodemailer';
import type { Outcome } from '../deliveries/outcome.ts';
import { Mailer, type Letter } from './mailer.ts';

/** For connecting, for the greeting, and for each silence after it, in ms. */
const SMTP_DEADLINE_MS = 10_000;
/** Codes from here on are for good (RFC 5321 section 4.2.1). */
const REFUSED_FROM = 500;

export interface SmtpSettings {
  /** `smtp://user:word@host:587` or `smtps://…:465`. */
  readonly url: string;
  readonly from: string;
  /** PEM of an authority to be trusted instead of the public ones. */
  readonly ca?: string;
}

/**
 * Hands mail to the operator's own server: text only, nothing attached. The server is the
 * operator's choice, so its address is not judged; its certificate is, and only a server on this
 * machine may do without TLS.
 */
export class SmtpMailer extends Mailer {
  readonly #transport: ReturnType<typeof transportOf>;
  readonly #from: string;

  constructor(settings: SmtpSettings) {
    super();
    this.#transport = transportOf(settings);
    this.#from = settings.from;
  }

  override async send({ to, subject, text }: Letter): Promise<Outcome> {
    try {
      await this.#transport.sendMail({
        from: this.#from,
        // As parts, so that no address is read as a list of addresses.
        to: { name: '', address: to },
        subject,
        text,
      });
      return { kind: 'delivered', status: null };
    } catch (thrown) {
      return outcomeOf(thrown);
    }
  }

  override close(): void {
    this.#transport.close();
  }
}

function transportOf({ url, ca }: SmtpSettings) {
  const { protocol, hostname, port, username, password } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  const secure = protocol === 'smtps:';
  return createTransport({
    host,
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    requireTLS: !secure && !isLoopback(host),
    ...(username !== '' && {
      auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    }),
    tls: { minVersion: 'TLSv1.2', rejectUnauthorized: true, ...(ca !== undefined && { ca }) },
    connectionTimeout: SMTP_DEADLINE_MS,
    greetingTimeout: SMTP_DEADLINE_MS,
    socketTimeout: SMTP_DEADLINE_MS,
    dnsTimeout: SMTP_DEADLINE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/** The server's own words are not repeated: they may hold the address, or worse. */
function outcomeOf(thrown: unknown): Outcome {
  const status = numberIn(thrown, 'responseCode');
  if (status === null) {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'no code';
    const fault = `The mail could not be handed over (${code}).`;
    return { kind: 'failed', status, fault, retryAfterSeconds: null };
  }
  const fault = `The mail server answered ${status}.`;
  if (status >= REFUSED_FROM) return { kind: 'refused', status, fault };
  return { kind: 'failed', status, fault, retryAfterSeconds: null };
}

function numberIn(thrown: unknown, name: string): number | null {
  const value: unknown = thrown instanceof Error ? Reflect.get(thrown, name) : undefined;
  return typeof value === 'number' ? value : null;
}
