import { parseCookie } from 'cookie';
import type { Request, Response } from 'express';
import { Secret } from '#kernel';

/** Longest cookie header looked at, in characters; Node refuses longer ones anyway. */
const COOKIE_HEADER_CHARACTERS_MAX = 16_384;

/**
 * `__Host-` binds the cookie to this host, this path and TLS, but browsers take it over TLS only; a
 * plain install on a LAN gets a plain name. Each kind of request knows its own name alone, so a
 * plain cookie never works over TLS.
 */
function cookieName(request: Request): string {
  return request.secure ? '__Host-forkcast' : 'forkcast';
}

export function readSessionCookie(request: Request): Secret | undefined {
  const header = request.get('cookie');
  if (header === undefined || header.length > COOKIE_HEADER_CHARACTERS_MAX) return undefined;
  const value = parseCookie(header)[cookieName(request)];
  return value ? new Secret(value) : undefined;
}

export function setSessionCookie(
  request: Request,
  response: Response,
  token: Secret,
  lifetimeMs: number,
): void {
  response.cookie(cookieName(request), token.reveal(), {
    ...attributes(request),
    maxAge: lifetimeMs,
  });
}

export function clearSessionCookie(request: Request, response: Response): void {
  response.clearCookie(cookieName(request), attributes(request));
}

function attributes(request: Request) {
  return { httpOnly: true, sameSite: 'lax', secure: request.secure, path: '/' } as const;
}
