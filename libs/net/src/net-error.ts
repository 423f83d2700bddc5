import { CodedError } from '#kernel';

/** Every fault this room can name. Stable: they are stored, shown and compared. */
export type NetErrorCode =
  | 'URL_TOO_LONG'
  | 'URL_HAS_FORBIDDEN_CHARACTER'
  | 'URL_NOT_RTMP'
  | 'URL_HAS_USERINFO'
  | 'URL_HOST_MISSING'
  | 'URL_HOST_INVALID'
  | 'URL_PORT_INVALID'
  | 'URL_PORT_FORBIDDEN'
  | 'CIDR_INVALID'
  | 'ADDRESS_FORBIDDEN'
  | 'DNS_FAILED'
  | 'DNS_TIMEOUT';

export class NetError extends CodedError<NetErrorCode> {
  override readonly name = 'NetError';
}
