import { CodedError } from '#kernel';

/**
 * What can be wrong with a URL, and what can go wrong with a call. What the guard refuses keeps the
 * codes of #net: ADDRESS_FORBIDDEN, DNS_FAILED, DNS_TIMEOUT.
 */
export type HttpsCallErrorCode =
  | 'HTTPS_URL_INVALID'
  | 'HTTPS_URL_NOT_HTTPS'
  | 'HTTPS_CONNECT_FAILED'
  | 'HTTPS_CERTIFICATE_INVALID'
  | 'HTTPS_ANSWER_INVALID'
  | 'HTTPS_TIMEOUT';

/** Its sentence never holds the URL. */
export class HttpsCallError extends CodedError<HttpsCallErrorCode> {
  override readonly name = 'HttpsCallError';
}
