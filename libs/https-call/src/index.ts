/**
 * Calls to other people's HTTPS servers: guarded against private addresses, bounded, signed.
 * It refuses to follow redirects, to speak plain HTTP, to read more than it was told, and to name
 * a URL in an error: Discord's and Slack's are secrets. It knows no store, and does not try again.
 * Parts: https-url (what is called), post-json (one call), standard-webhooks (the signature).
 */
export type { HttpsCallError, HttpsCallErrorCode } from './https-call-error.ts';
export { checkHttpsUrl, HTTPS_URL_CHARS_MAX, parseHttpsUrl } from './https-url.ts';
export { createPostJson } from './post-json.ts';
export type { PostJson, PostJsonAnswer, PostJsonPorts, PostJsonRequest } from './post-json.ts';
export { newSigningSecret, signedHeaders } from './standard-webhooks.ts';
export type { SignedMessage } from './standard-webhooks.ts';
