import type { PreflightStep } from '#contracts';
import { failureOf, type FailureCode } from '#relay-core';

export type StepName = PreflightStep['name'];

/** Of a server's own words in brackets. */
export const SAID_CHARACTERS_MAX = 160;

/** Why a test ended, and what was seen of it. */
export interface TestFault {
  readonly code: FailureCode;
  readonly step: StepName;
  /** Of the socket's error, where there was one: names what is wrong with a certificate. */
  readonly errorCode?: string | undefined;
  /** What the server said with its refusal. */
  readonly remoteWords?: string | null;
  /** SHA-256 of a certificate that is not the one asked for. */
  readonly sha256?: string | undefined;
}

const TRY_RTMPS = 'check the port, and whether the server URL must begin with rtmps://';
const CHECK_RTMP = 'check the host and port in the server URL';
const SOON = 'test again in a minute';

/**
 * Where a test has other words than a push: a push tries again by itself, and a test does not.
 */
const WORDS: Partial<Record<FailureCode, string>> = {
  DNS_FAILED: 'The server name was not found; check the host in the server URL.',
  DNS_TIMEOUT: `No name server answered in time; ${SOON}.`,
  TCP_REFUSED: `The server refused the connection; ${CHECK_RTMP}.`,
  TCP_TIMEOUT: `The server did not answer; ${CHECK_RTMP}.`,
  TCP_UNREACHABLE: 'There is no way to the server from here; check the host, and the network.',
  TCP_RESET: `The server cut the connection at once; ${CHECK_RTMP}.`,
  TLS_TIMEOUT: 'The server did not finish the TLS handshake in time; check the port.',
  TLS_FAILED: 'No TLS connection could be made; check the port, and whether rtmp:// is meant.',
  KEY_BUSY:
    'The platform refuses the stream key, or says that it is in use; ' +
    'check the key, and that nothing else streams with it.',
  CLOSED_BY_PEER: `The server closed the connection while it took the test stream; ${SOON}.`,
  RESET_BY_PEER: `The server cut the connection while it took the test stream; ${SOON}.`,
  RECONNECT_REQUESTED: `The server asked for a new connection; ${SOON}.`,
  STALLED: `The server stopped taking the test stream; ${SOON}.`,
  PROTOCOL_ERROR: 'The server sent something that is not valid RTMP; check the server URL.',
  INTERNAL: 'The test failed in a way that is not known; tell the operator.',
  LANE_LOST: `The test was broken off; ${SOON}.`,
};

/** Where what happened means another thing at one step. */
const AT_STEP: Partial<Record<StepName, Partial<Record<FailureCode, string>>>> = {
  connect: {
    CLOSED_BEFORE_PUBLISH:
      'The server closed the connection when it was told the application; ' +
      'check the path in the server URL.',
    PUBLISH_TIMEOUT:
      'The server did not say in time whether it knows the application; ' +
      'check the path in the server URL.',
  },
  publish: {
    CLOSED_BEFORE_PUBLISH:
      'The platform closed the connection instead of taking the test stream; check the stream key.',
    PUBLISH_TIMEOUT: `The platform did not take the test stream in time; ${SOON}.`,
  },
};

/** A server that waits for TLS goes silent, answers with an alert, or hangs up. */
const HANDSHAKE = {
  TCP_RESET: 'The server closed the connection during the RTMP handshake',
  HANDSHAKE_TIMEOUT: 'The server did not answer the RTMP handshake in time',
  HANDSHAKE_INVALID: 'What answers there does not speak RTMP',
} as const satisfies Partial<Record<FailureCode, string>>;

const ASK_OWNER = 'ask who runs the server for a new one';
/** By the names that Node gives to what it finds in a certificate. */
const CERTIFICATE: ReadonlyMap<string, string> = new Map([
  ['CERT_HAS_EXPIRED', `The certificate of the server has expired; ${ASK_OWNER}.`],
  ['CERT_REVOKED', `The certificate of the server was revoked; ${ASK_OWNER}.`],
  [
    'CERT_NOT_YET_VALID',
    'The certificate of the server is not valid yet; check the clock on both sides.',
  ],
  [
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'The certificate of the server is for another name; check the host in the server URL.',
  ],
]);
const CERTIFICATE_UNKNOWN =
  'The certificate of the server is not signed by a known authority; ' +
  'have the server use one that is.';
const UNKNOWN_AUTHORITY: ReadonlySet<string> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_UNTRUSTED',
]);

/** One sentence: what happened, and what to do. `isTls`: the URL begins with rtmps://. */
export function sentenceOfTest({ code, step, errorCode }: TestFault, isTls: boolean): string {
  if (code === 'TLS_CERTIFICATE') return certificateSentence(errorCode ?? '');
  if (step === 'handshake' && Object.hasOwn(HANDSHAKE, code)) {
    const what = HANDSHAKE[code as keyof typeof HANDSHAKE];
    return `${what}; ${isTls ? CHECK_RTMP : TRY_RTMPS}.`;
  }
  return AT_STEP[step]?.[code] ?? WORDS[code] ?? failureOf(code).sentence;
}

/** The sentence, with what helps an operator behind it in brackets. */
export function detailOfTest(fault: TestFault, isTls: boolean): string {
  const sentence = sentenceOfTest(fault, isTls);
  const said = cleaned(fault.remoteWords ?? '');
  if (said !== '') return `${sentence} (The server said: ${said})`;
  if (fault.code === 'TLS_PIN_MISMATCH' && fault.sha256 !== undefined) {
    return `${sentence} (The SHA-256 of its certificate: ${fault.sha256})`;
  }
  return sentence;
}

function certificateSentence(errorCode: string): string {
  if (UNKNOWN_AUTHORITY.has(errorCode)) return CERTIFICATE_UNKNOWN;
  return (
    CERTIFICATE.get(errorCode) ?? `The certificate of the server cannot be trusted; ${ASK_OWNER}.`
  );
}

function cleaned(text: string): string {
  const plain = text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\s]+/gu, ' ').trim();
  return plain.slice(0, SAID_CHARACTERS_MAX);
}
