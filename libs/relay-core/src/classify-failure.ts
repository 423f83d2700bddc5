import { unreachable } from '#kernel';

import type { FailureCode } from './failure.ts';

/** What an attempt was busy with, or waiting for, when it ended. */
export type AttemptStage = 'resolve' | 'tcp' | 'tls' | 'handshake' | 'connect' | 'publish' | 'live';

/** What the shell saw. */
export type Fault =
  /** An error of a socket or of `#net`: its `code`, where it had one. */
  | { readonly kind: 'error'; readonly stage: AttemptStage; readonly code: string | undefined }
  /** The peer ended its side. */
  | { readonly kind: 'closed'; readonly stage: AttemptStage }
  /** A deadline of the shell passed. */
  | { readonly kind: 'timeout'; readonly stage: AttemptStage }
  /** An `onStatus` or `_error` of level error: its `code`, where it had one. */
  | { readonly kind: 'status'; readonly stage: AttemptStage; readonly code: string | undefined }
  /** Bytes that are not RTMP. */
  | { readonly kind: 'protocol'; readonly stage: AttemptStage };

export function classifyFailure(fault: Fault): FailureCode {
  switch (fault.kind) {
    case 'error':
      return failureOfError(fault.code ?? '', fault.stage);
    case 'closed':
      return fault.stage === 'live' ? 'CLOSED_BY_PEER' : failureOfCut(fault.stage);
    case 'timeout':
      return failureOfTimeout(fault.stage);
    case 'status':
      return failureOfStatus(fault.code ?? '', fault.stage);
    case 'protocol':
      return fault.stage === 'handshake' ? 'HANDSHAKE_INVALID' : 'PROTOCOL_ERROR';
    default:
      return unreachable(fault);
  }
}

const BY_ERROR_CODE: ReadonlyMap<string, FailureCode> = new Map([
  ['DNS_FAILED', 'DNS_FAILED'],
  ['DNS_TIMEOUT', 'DNS_TIMEOUT'],
  ['ADDRESS_FORBIDDEN', 'ADDRESS_FORBIDDEN'],
  ['ENOTFOUND', 'DNS_FAILED'],
  ['ENODATA', 'DNS_FAILED'],
  ['EAI_AGAIN', 'DNS_FAILED'],
  ['ETIMEOUT', 'DNS_TIMEOUT'],
  ['ECONNREFUSED', 'TCP_REFUSED'],
  ['EHOSTUNREACH', 'TCP_UNREACHABLE'],
  ['ENETUNREACH', 'TCP_UNREACHABLE'],
  ['ENETDOWN', 'TCP_UNREACHABLE'],
  ['EADDRNOTAVAIL', 'TCP_UNREACHABLE'],
  ['EMFILE', 'RESOURCES_SHORT'],
  ['ENFILE', 'RESOURCES_SHORT'],
  ['ENOBUFS', 'RESOURCES_SHORT'],
  ['ENOMEM', 'RESOURCES_SHORT'],
  ['ERR_TLS_HANDSHAKE_TIMEOUT', 'TLS_TIMEOUT'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'TLS_CERTIFICATE'],
  ['TLS_PIN_MISMATCH', 'TLS_PIN_MISMATCH'],
]);

/** The names Node gives to X.509 verification results (OpenSSL's, less `X509_V_ERR_`). */
const CERTIFICATE_ERROR =
  /^(?:CERT_|CRL_|UNABLE_TO_|ERROR_IN_C|(?:DEPTH_ZERO_)?SELF_SIGNED_|INVALID_|HOSTNAME_|PATH_)/;
const TLS_ERROR = /^(?:ERR_SSL_|ERR_TLS_|EPROTO$)/;

function failureOfError(code: string, stage: AttemptStage): FailureCode {
  const known = BY_ERROR_CODE.get(code);
  if (known !== undefined) return known;
  if (code.startsWith('URL_')) return 'URL_INVALID';
  if (code.startsWith('SEALED_')) return 'KEY_UNREADABLE';
  if (code === 'ETIMEDOUT') return failureOfTimeout(stage);
  if (stage === 'tls' && CERTIFICATE_ERROR.test(code)) return 'TLS_CERTIFICATE';
  if (stage === 'tls' && TLS_ERROR.test(code)) return 'TLS_FAILED';
  return failureOfCut(stage);
}

/** A connection that went away without a word: what that means depends on when. */
function failureOfCut(stage: AttemptStage): FailureCode {
  switch (stage) {
    case 'resolve':
      return 'DNS_FAILED';
    case 'tcp':
    case 'handshake':
      return 'TCP_RESET';
    case 'tls':
      return 'TLS_FAILED';
    case 'connect':
    case 'publish':
      return 'CLOSED_BEFORE_PUBLISH';
    case 'live':
      return 'RESET_BY_PEER';
    default:
      return unreachable(stage);
  }
}

function failureOfTimeout(stage: AttemptStage): FailureCode {
  switch (stage) {
    case 'resolve':
      return 'DNS_TIMEOUT';
    case 'tcp':
      return 'TCP_TIMEOUT';
    case 'tls':
      return 'TLS_TIMEOUT';
    case 'handshake':
      return 'HANDSHAKE_TIMEOUT';
    case 'connect':
    case 'publish':
      return 'PUBLISH_TIMEOUT';
    case 'live':
      return 'STALLED';
    default:
      return unreachable(stage);
  }
}

/**
 * Platforms do not agree on codes, so the stage decides where the code is not one of the few that
 * mean something. BadName stands for "already live" on some servers and for "no such key" on
 * others; the push machine, which knows whether a session of ours may still be there, tells the two
 * apart.
 */
function failureOfStatus(code: string, stage: AttemptStage): FailureCode {
  if (code === 'NetStream.Publish.BadName') return 'KEY_BUSY';
  if (code.startsWith('NetStream.Publish.')) return 'KEY_REJECTED';
  if (stage === 'live') return 'CLOSED_BY_PEER';
  if (code.startsWith('NetConnection.')) return 'CONNECT_REJECTED';
  return stage === 'publish' ? 'KEY_REJECTED' : 'CONNECT_REJECTED';
}
