import helmet from 'helmet';
import type { RequestHandler } from 'express';

/**
 * The dashboard's scripts, styles and connections come from here and nowhere else. No
 * upgrade-insecure-requests: on a LAN the dashboard is served over plain HTTP, and the browser
 * would look for it on a port that is not there.
 */
const DASHBOARD_POLICY = {
  defaultSrc: ["'self'"],
  baseUri: ["'none'"],
  connectSrc: ["'self'"],
  fontSrc: ["'self'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
  imgSrc: ["'self'", 'data:'],
  // A player hands the browser pieces of video that it made in the page.
  mediaSrc: ["'self'", 'blob:'],
  objectSrc: ["'none'"],
  scriptSrc: ["'self'"],
  scriptSrcAttr: ["'none'"],
  styleSrc: ["'self'"],
} as const;

/** Swagger UI writes styles into its elements. */
const DOCS_POLICY = { ...DASHBOARD_POLICY, styleSrc: ["'self'", "'unsafe-inline'"] } as const;

export function securityHeaders(): RequestHandler {
  return headersWith(DASHBOARD_POLICY);
}

export function docsHeaders(): RequestHandler {
  return headersWith(DOCS_POLICY);
}

function headersWith(policy: Readonly<Record<string, readonly string[]>>): RequestHandler {
  const directives = Object.fromEntries(
    Object.entries(policy).map(([name, sources]) => [name, [...sources]]),
  );
  return helmet({
    contentSecurityPolicy: { useDefaults: false, directives },
    // Whoever puts TLS in front decides for the whole host; a self-signed LAN install must stay
    // reachable.
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });
}
