import { randomBytes } from 'node:crypto';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/**
 * A UUID version 7 (RFC 9562 section 5.7), for rows whose id must be known before they are written:
 *
 *     48 bits of wall time, ms | 0111 | 12 random bits | 10 | 62 random bits
 */
export function newId(wallMs: number = Date.now()): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(wallMs, 0, 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  const groups = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20)];
  return [...groups, hex.slice(20)].join('-');
}

/** Ids come from callers as text; what is no UUID names no row, and Postgres would complain. */
export function isId(text: string): boolean {
  return UUID.test(text);
}
