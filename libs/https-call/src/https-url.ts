import { isForbiddenPort, resolveDestination } from '#net';
import type { AddressPolicy, HostResolver } from '#net';
import { HttpsCallError } from './https-call-error.ts';

export const HTTPS_URL_CHARS_MAX = 2048;
const HTTPS_PORT = 443;
/** `new URL` would take some of these out without a word. */
const FORBIDDEN_CHARACTER = /[\p{Cc}\p{Cf}\p{Cs}\s\\]/u;

export interface HttpsUrl {
  /** A domain name or an IP literal, without brackets. */
  readonly host: string;
  readonly port: number;
  /** Path and query, as they go on the wire. */
  readonly path: string;
}

/**
 * Cuts a URL into what a call needs. Numbers that are addresses in disguise (`https://127.1`) come
 * out as the addresses they are.
 *
 * @throws HttpsCallError HTTPS_URL_INVALID or HTTPS_URL_NOT_HTTPS.
 */
export function parseHttpsUrl(text: string): HttpsUrl {
  if (text.length > HTTPS_URL_CHARS_MAX) {
    throw invalid(`The URL is longer than ${HTTPS_URL_CHARS_MAX} characters.`);
  }
  if (FORBIDDEN_CHARACTER.test(text)) {
    throw invalid('The URL contains a space or an invisible character; paste it again without it.');
  }
  const url = URL.parse(text);
  if (url === null) throw invalid('This is not a URL; it must begin with https://.');
  if (url.protocol !== 'https:') {
    throw new HttpsCallError('HTTPS_URL_NOT_HTTPS', 'The URL must begin with https://.');
  }
  if (url.username !== '' || url.password !== '') {
    throw invalid('The URL must not contain a user name or password before the host.');
  }
  const port = url.port === '' ? HTTPS_PORT : Number(url.port);
  if (port < 1 || isForbiddenPort(port)) {
    throw invalid(`Port ${port} belongs to another kind of service; use 443 or a high port.`);
  }
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port, path: url.pathname + url.search };
}

/**
 * Judges a URL while a person still looks at the form. A name that is not known now may be made
 * later: it rejects with DNS_FAILED or DNS_TIMEOUT, which the caller may let pass, because each
 * call is judged again. Else it rejects with ADDRESS_FORBIDDEN and the codes of `parseHttpsUrl`.
 */
export async function checkHttpsUrl(
  text: string,
  policy: AddressPolicy,
  resolve: HostResolver,
): Promise<void> {
  await resolveDestination(parseHttpsUrl(text).host, policy, resolve);
}

function invalid(sentence: string): HttpsCallError {
  return new HttpsCallError('HTTPS_URL_INVALID', sentence);
}
