import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { ProblemError } from '../problem/problem-error.ts';

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
const OWN_SITES: ReadonlySet<string> = new Set(['same-origin', 'none']);

/**
 * Refuses what another site makes a browser send with our cookie. Browsers say where a request
 * comes from (Sec-Fetch-Site, or Origin in older ones); programs say neither and carry no cookie
 * they did not choose to. A bearer token is never sent by a browser on its own, so it needs no such
 * proof.
 */
export function crossSiteRule(): RequestHandler {
  return (request: Request, _response: Response, next: NextFunction) => {
    if (SAFE_METHODS.has(request.method) || hasBearer(request) || isFromOwnSite(request)) {
      next();
      return;
    }
    const sentence = 'This request came from another site; nothing was changed.';
    next(new ProblemError('CROSS_SITE_REQUEST', sentence, { status: 403 }));
  };
}

function hasBearer(request: Request): boolean {
  return /^bearer /i.test(request.get('authorization') ?? '');
}

function isFromOwnSite(request: Request): boolean {
  const site = request.get('sec-fetch-site');
  if (site !== undefined) return OWN_SITES.has(site);
  const origin = request.get('origin');
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === request.get('host');
}
