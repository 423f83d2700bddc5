import { describe, expect, it } from 'vitest';

import { classifyFailure } from './classify-failure.ts';
import type { AttemptStage } from './classify-failure.ts';
import { FAILURES, failureOf, isFailureClass, isFailureCode } from './failure.ts';
import type { FailureCode } from './failure.ts';

describe('the registry of failures', () => {
  it.each(Object.entries(FAILURES))('%s has a code, a class and a sentence', (code, failure) => {
    expect(code).toMatch(/^[A-Z]+(?:_[A-Z]+)*$/);
    expect(failure.sentence).toMatch(/^[A-Z].{15,}\.$/);
    expect(failure.sentence.length).toBeLessThanOrEqual(110);
  });

  it('knows its own codes and classes, and not those of objects', () => {
    expect(isFailureCode('KEY_REJECTED')).toBe(true);
    expect(isFailureCode('constructor')).toBe(false);
    expect(isFailureClass('rejected')).toBe(true);
    expect(isFailureClass('toString')).toBe(false);
    expect(failureOf('KEY_REJECTED').class).toBe('rejected');
  });
});

describe('what an error means', () => {
  it.each<[string | undefined, AttemptStage, FailureCode]>([
    ['DNS_FAILED', 'resolve', 'DNS_FAILED'],
    ['ENOTFOUND', 'tcp', 'DNS_FAILED'],
    ['ETIMEOUT', 'tcp', 'DNS_TIMEOUT'],
    ['ADDRESS_FORBIDDEN', 'tcp', 'ADDRESS_FORBIDDEN'],
    ['URL_PORT_FORBIDDEN', 'resolve', 'URL_INVALID'],
    ['SEALED_BY_ANOTHER_KEY', 'resolve', 'KEY_UNREADABLE'],
    ['ECONNREFUSED', 'tcp', 'TCP_REFUSED'],
    ['EHOSTUNREACH', 'tcp', 'TCP_UNREACHABLE'],
    ['ETIMEDOUT', 'tcp', 'TCP_TIMEOUT'],
    ['ETIMEDOUT', 'live', 'STALLED'],
    ['ECONNRESET', 'tcp', 'TCP_RESET'],
    ['ECONNRESET', 'tls', 'TLS_FAILED'],
    ['ECONNRESET', 'handshake', 'TCP_RESET'],
    ['ECONNRESET', 'connect', 'CLOSED_BEFORE_PUBLISH'],
    ['ECONNRESET', 'publish', 'CLOSED_BEFORE_PUBLISH'],
    ['ECONNRESET', 'live', 'RESET_BY_PEER'],
    ['EPIPE', 'live', 'RESET_BY_PEER'],
    [undefined, 'live', 'RESET_BY_PEER'],
    ['CERT_HAS_EXPIRED', 'tls', 'TLS_CERTIFICATE'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls', 'TLS_CERTIFICATE'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'tls', 'TLS_CERTIFICATE'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls', 'TLS_CERTIFICATE'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls', 'TLS_CERTIFICATE'],
    ['TLS_PIN_MISMATCH', 'tls', 'TLS_PIN_MISMATCH'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls', 'TLS_FAILED'],
    ['EPROTO', 'tls', 'TLS_FAILED'],
    ['EMFILE', 'tcp', 'RESOURCES_SHORT'],
  ])('%s at %s is %s', (code, stage, failure) => {
    expect(classifyFailure({ kind: 'error', stage, code })).toBe(failure);
  });
});

describe('what a close and a deadline mean', () => {
  it.each<[AttemptStage, FailureCode, FailureCode]>([
    ['resolve', 'DNS_FAILED', 'DNS_TIMEOUT'],
    ['tcp', 'TCP_RESET', 'TCP_TIMEOUT'],
    ['tls', 'TLS_FAILED', 'TLS_TIMEOUT'],
    ['handshake', 'TCP_RESET', 'HANDSHAKE_TIMEOUT'],
    ['connect', 'CLOSED_BEFORE_PUBLISH', 'PUBLISH_TIMEOUT'],
    ['publish', 'CLOSED_BEFORE_PUBLISH', 'PUBLISH_TIMEOUT'],
    ['live', 'CLOSED_BY_PEER', 'STALLED'],
  ])('at %s', (stage, closed, timeout) => {
    expect(classifyFailure({ kind: 'closed', stage })).toBe(closed);
    expect(classifyFailure({ kind: 'timeout', stage })).toBe(timeout);
  });

  it('bytes that are not RTMP point to the URL only while shaking hands', () => {
    expect(classifyFailure({ kind: 'protocol', stage: 'handshake' })).toBe('HANDSHAKE_INVALID');
    expect(classifyFailure({ kind: 'protocol', stage: 'live' })).toBe('PROTOCOL_ERROR');
  });
});

describe('what a status of the server means', () => {
  it.each<[string | undefined, AttemptStage, FailureCode]>([
    ['NetStream.Publish.BadName', 'publish', 'KEY_BUSY'],
    ['NetStream.Publish.Denied', 'publish', 'KEY_REJECTED'],
    ['NetStream.Publish.Unauthorized', 'publish', 'KEY_REJECTED'],
    ['NetConnection.Connect.InvalidApp', 'connect', 'CONNECT_REJECTED'],
    ['NetConnection.Connect.Rejected', 'publish', 'CONNECT_REJECTED'],
    ['NetStream.Failed', 'publish', 'KEY_REJECTED'],
    ['NetConnection.Connect.Closed', 'live', 'CLOSED_BY_PEER'],
    [undefined, 'connect', 'CONNECT_REJECTED'],
    [undefined, 'publish', 'KEY_REJECTED'],
    [undefined, 'live', 'CLOSED_BY_PEER'],
  ])('%s at %s is %s', (code, stage, failure) => {
    expect(classifyFailure({ kind: 'status', stage, code })).toBe(failure);
  });
});
