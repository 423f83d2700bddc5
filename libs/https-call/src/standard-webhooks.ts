import { createHmac, randomBytes } from 'node:crypto';
import { assert, Secret } from '#kernel';

const SECRET_PREFIX = 'whsec_';
/** The text allows 24 to 64 bytes. */
const SECRET_BYTES = 32;

export interface SignedMessage {
  /** The same for each try, so that a receiver can drop what it has seen. */
  readonly id: string;
  /** Seconds since 1970 of this try: receivers refuse what is older than five minutes. */
  readonly timestampSeconds: number;
  readonly body: string;
  /** Two while a secret is being changed: the receiver may know either. */
  readonly secrets: readonly Secret[];
}

/** `whsec_` and 256 random bits in base64, as receivers' libraries expect it. */
export function newSigningSecret(): Secret {
  return new Secret(SECRET_PREFIX + randomBytes(SECRET_BYTES).toString('base64'));
}

/**
 * The three headers of Standard Webhooks 1.0.0 (github.com/standard-webhooks/standard-webhooks,
 * spec/standard-webhooks.md, "Verifying webhook authenticity"): HMAC-SHA256 over
 * `id.timestamp.body`, one signature for each secret.
 */
export function signedHeaders(message: SignedMessage): Record<string, string> {
  const { id, timestampSeconds, secrets } = message;
  assert(secrets.length > 0, 'a signed message has a secret');
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestampSeconds),
    'webhook-signature': secrets.map((secret) => `v1,${signatureOf(message, secret)}`).join(' '),
  };
}

function signatureOf({ id, timestampSeconds, body }: SignedMessage, secret: Secret): string {
  const text = secret.reveal();
  const encoded = text.startsWith(SECRET_PREFIX) ? text.slice(SECRET_PREFIX.length) : text;
  return createHmac('sha256', Buffer.from(encoded, 'base64'))
    .update(`${id}.${timestampSeconds}.${body}`, 'utf8')
    .digest('base64');
}
