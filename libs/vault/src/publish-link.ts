import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

import { Secret } from '#kernel';

export const PUBLISH_LINK_PREFIX = 'fcl_';
/** stream id 16 | expiry 4 | flags 1 | nonce 9 | MAC 16 */
const STREAM_ID_BYTES = 16;
const EXPIRY_AT = STREAM_ID_BYTES;
const FLAGS_AT = EXPIRY_AT + 4;
const NONCE_AT = FLAGS_AT + 1;
const NONCE_BYTES = 9;
const MAC_AT = NONCE_AT + NONCE_BYTES;
const MAC_BYTES = 16;
const LINK_BYTES = MAC_AT + MAC_BYTES;
const FLAG_ONCE = 1;
const FLAG_BACKUP = 2;
const SIGNING_KEY_BYTES = 32;
const UUID_PARTS = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/;

/** What a signed publish URL says. Nothing of it is true before its MAC was verified. */
export interface PublishLink {
  readonly streamId: string;
  /** Unix time, seconds: from then on it opens nothing. */
  readonly expiresAtS: number;
  /** It opens the stream for one broadcast. */
  readonly once: boolean;
  readonly input: 'primary' | 'backup';
  /** base64url. */
  readonly nonce: string;
  /** base64url. */
  readonly mac: string;
}

/** What signs the publish URLs of one stream. */
export function newSigningKey(): Secret {
  return new Secret(randomBytes(SIGNING_KEY_BYTES).toString('base64url'));
}

/**
 * The stream name of a signed publish URL: `fcl_` and 62 characters that are safe in a URL and in
 * any encoder's form, one opaque word for each of them.
 */
export function signPublishLink(
  signingKey: Secret,
  link: Pick<PublishLink, 'streamId' | 'expiresAtS' | 'once' | 'input'>,
): Secret {
  const body = bodyOf({ ...link, nonce: randomBytes(NONCE_BYTES).toString('base64url') });
  const bytes = Buffer.concat([body, macOf(signingKey, body)]);
  return new Secret(PUBLISH_LINK_PREFIX + bytes.toString('base64url'));
}

/** Cuts a stream name into its parts; undefined where it is no publish link. Believes nothing. */
export function readPublishLink(streamName: Secret): PublishLink | undefined {
  const text = streamName.reveal();
  if (!text.startsWith(PUBLISH_LINK_PREFIX)) return undefined;
  const encoded = text.slice(PUBLISH_LINK_PREFIX.length);
  const bytes = Buffer.from(encoded, 'base64url');
  // The second: one link has one spelling, so that what is used once cannot be spelt anew.
  if (bytes.length !== LINK_BYTES || bytes.toString('base64url') !== encoded) return undefined;
  const flags = bytes.readUInt8(FLAGS_AT);
  if (flags > (FLAG_ONCE | FLAG_BACKUP)) return undefined;
  return {
    streamId: bytes.toString('hex', 0, STREAM_ID_BYTES).replace(UUID_PARTS, '$1-$2-$3-$4-$5'),
    expiresAtS: bytes.readUInt32BE(EXPIRY_AT),
    once: (flags & FLAG_ONCE) !== 0,
    input: (flags & FLAG_BACKUP) === 0 ? 'primary' : 'backup',
    nonce: bytes.toString('base64url', NONCE_AT, MAC_AT),
    mac: bytes.toString('base64url', MAC_AT),
  };
}

/** Whether the stream's owner has signed it. Says nothing of its time. */
export function verifyPublishLink(signingKey: Secret, link: PublishLink): boolean {
  const mac = Buffer.from(link.mac, 'base64url');
  return mac.length === MAC_BYTES && timingSafeEqual(mac, macOf(signingKey, bodyOf(link)));
}

function bodyOf(link: Omit<PublishLink, 'mac'>): Buffer {
  const body = Buffer.alloc(MAC_AT);
  body.write(link.streamId.replaceAll('-', ''), 0, STREAM_ID_BYTES, 'hex');
  body.writeUInt32BE(link.expiresAtS, EXPIRY_AT);
  const once = link.once ? FLAG_ONCE : 0;
  body.writeUInt8(once | (link.input === 'backup' ? FLAG_BACKUP : 0), FLAGS_AT);
  body.write(link.nonce, NONCE_AT, NONCE_BYTES, 'base64url');
  return body;
}

function macOf(signingKey: Secret, body: Buffer): Buffer {
  return createHmac('sha256', Buffer.from(signingKey.reveal(), 'base64url'))
    .update('forkcast publish link v1\0')
    .update(body)
    .digest()
    .subarray(0, MAC_BYTES);
}
