import { isIP, isIPv6 } from 'node:net';

import { NetError } from './net-error.ts';
import { isForbiddenPort } from './destination-port.ts';

export type DestinationScheme = 'rtmp' | 'rtmps';

/** A server URL cut into what a connection needs. The stream key is never part of it. */
export interface DestinationUrl {
  readonly scheme: DestinationScheme;
  /** A domain name or an IP literal, without brackets. */
  readonly host: string;
  readonly port: number;
  /** All that follows `host[:port]/`, byte for byte, query included; may be empty. */
  readonly app: string;
  /** The URL as typed, without one trailing slash: what `connect` sends. */
  readonly tcUrl: string;
}

export const DESTINATION_URL_CHARS_MAX = 2048;

const DEFAULT_PORT: Readonly<Record<DestinationScheme, number>> = { rtmp: 1935, rtmps: 443 };
const SCHEME = /^(rtmps?):\/\//i;
/** Control characters, every kind of white space, and invisible format marks (bidi overrides). */
const FORBIDDEN_CHARACTER = /[\p{Cc}\p{Cf}\p{Cs}\s]/u;
const DOMAIN_CHARS_MAX = 253;
const DOMAIN_LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/i;
/**
 * `127.1`, `2130706433` and `0x7f000001` are addresses to a resolver, so they are not names here.
 */
const NUMERIC_LABEL = /^(?:\d+|0x[0-9a-f]*)$/i;
const PORT = /^\d{1,5}$/;
const PORT_MAX = 65_535;

/**
 * Reads a destination's server URL the way broadcast software does: everything after `host[:port]/`
 * is the app. The text is cut, never re-serialised: `new URL()` would rewrite apps such as
 * `live2?backup=1`.
 *
 * @throws NetError with one of the `URL_…` codes.
 */
export function parseDestinationUrl(text: string): DestinationUrl {
  if (text.length > DESTINATION_URL_CHARS_MAX) {
    throw new NetError(
      'URL_TOO_LONG',
      `The server URL is longer than ${DESTINATION_URL_CHARS_MAX} characters.`,
    );
  }
  if (FORBIDDEN_CHARACTER.test(text)) {
    throw new NetError(
      'URL_HAS_FORBIDDEN_CHARACTER',
      'The server URL contains a space or an invisible character; paste it again without it.',
    );
  }
  const [prefix = '', schemeText = ''] = SCHEME.exec(text) ?? [];
  if (prefix === '') {
    throw new NetError('URL_NOT_RTMP', 'The server URL must begin with rtmp:// or rtmps://.');
  }
  const scheme: DestinationScheme = schemeText.toLowerCase() === 'rtmps' ? 'rtmps' : 'rtmp';
  const tcUrl = text.endsWith('/') && text.length > prefix.length ? text.slice(0, -1) : text;
  const rest = tcUrl.slice(prefix.length);
  const slashAt = rest.indexOf('/');
  const authority = slashAt < 0 ? rest : rest.slice(0, slashAt);
  const { host, port } = parseAuthority(authority, scheme);
  return { scheme, host, port, app: slashAt < 0 ? '' : rest.slice(slashAt + 1), tcUrl };
}

function parseAuthority(
  authority: string,
  scheme: DestinationScheme,
): { readonly host: string; readonly port: number } {
  if (authority.includes('@')) {
    throw new NetError(
      'URL_HAS_USERINFO',
      'The server URL must not contain a user name or password before the host.',
    );
  }
  const { hostText, portText } = splitAuthority(authority);
  return { host: hostOf(hostText), port: portOf(portText, scheme) };
}

function splitAuthority(authority: string): {
  readonly hostText: string;
  readonly portText: string | undefined;
} {
  const bracketAt = authority.lastIndexOf(']');
  const colonAt = authority.indexOf(':', bracketAt + 1);
  if (colonAt < 0) return { hostText: authority, portText: undefined };
  return { hostText: authority.slice(0, colonAt), portText: authority.slice(colonAt + 1) };
}

function hostOf(hostText: string): string {
  if (hostText === '') {
    throw new NetError('URL_HOST_MISSING', 'The server URL names no server after rtmp:// .');
  }
  if (hostText.startsWith('[')) {
    const literal = hostText.slice(1, -1);
    // A zone (`fe80::1%eth0`) names an interface of this machine: it has no place in a destination.
    if (hostText.endsWith(']') && isIPv6(literal) && !literal.includes('%')) return literal;
  } else if (isIP(hostText) === 4 || isDomainName(hostText)) {
    return hostText;
  }
  throw new NetError(
    'URL_HOST_INVALID',
    'The server name in the URL is neither a domain name nor an IP address.',
  );
}

function isDomainName(text: string): boolean {
  const name = text.endsWith('.') ? text.slice(0, -1) : text;
  if (name.length > DOMAIN_CHARS_MAX) return false;
  const labels = name.split('.');
  return (
    labels.every((label) => DOMAIN_LABEL.test(label)) && !NUMERIC_LABEL.test(labels.at(-1) ?? '')
  );
}

function portOf(portText: string | undefined, scheme: DestinationScheme): number {
  if (portText === undefined) return DEFAULT_PORT[scheme];
  const port = PORT.test(portText) ? Number(portText) : 0;
  if (port < 1 || port > PORT_MAX) {
    throw new NetError(
      'URL_PORT_INVALID',
      'The port in the server URL is not between 1 and 65535.',
    );
  }
  if (isForbiddenPort(port)) {
    throw new NetError(
      'URL_PORT_FORBIDDEN',
      `Port ${port} belongs to another kind of service; ` +
        'streaming servers listen on 1935, 443, 80 or a high port.',
    );
  }
  return port;
}
