import { describe, expect, it } from 'vitest';
import { classifyFailure, type AttemptStage } from '#relay-core';
import { detailOfTest, SAID_CHARACTERS_MAX, sentenceOfTest, type TestFault } from './test-words.ts';

const STAGES: readonly AttemptStage[] = [
  'resolve',
  'tcp',
  'tls',
  'handshake',
  'connect',
  'publish',
  'live',
];
const KINDS = ['error', 'closed', 'timeout', 'status', 'protocol'] as const;
const ERROR_CODES = [undefined, 'ECONNREFUSED', 'ECONNRESET', 'EMFILE', 'ENETUNREACH', 'SEALED_BY'];

/** Whatever a test can end with, at every step. */
const ENDS: readonly TestFault[] = STAGES.flatMap((stage) =>
  KINDS.flatMap((kind) =>
    ERROR_CODES.map((code) => ({
      code: classifyFailure({ kind, stage, code }),
      step: stage === 'live' ? ('publish' as const) : stage,
      errorCode: code,
    })),
  ),
);

describe('the words of a test', () => {
  it('are one sentence without the names of errors, and promise nothing', () => {
    for (const fault of ENDS) {
      for (const isTls of [true, false]) {
        const words = detailOfTest(fault, isTls);
        expect(words).toMatch(/^[A-Z][^.]*\.$/);
        expect(words).not.toMatch(/trying|connecting again|waiting|ECONN|Node|peer/);
      }
    }
  });

  it.each([
    ['CERT_HAS_EXPIRED', 'has expired'],
    ['CERT_NOT_YET_VALID', 'not valid yet'],
    ['CERT_REVOKED', 'revoked'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'another name'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'not signed by a known authority'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'not signed by a known authority'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'not signed by a known authority'],
    ['CERT_SIGNATURE_FAILURE', 'cannot be trusted'],
  ])('say of %s that the certificate is at fault: %s', (errorCode, words) => {
    const fault = { code: 'TLS_CERTIFICATE', step: 'tls', errorCode } as const;
    expect(sentenceOfTest(fault, true)).toContain(words);
    const isOtherName = words === 'another name';
    expect(sentenceOfTest(fault, true).includes('check the host')).toBe(isOtherName);
  });

  it.each(['TCP_RESET', 'HANDSHAKE_TIMEOUT', 'HANDSHAKE_INVALID'] as const)(
    'hint at rtmps:// for %s in the handshake of rtmp:// alone',
    (code) => {
      expect(sentenceOfTest({ code, step: 'handshake' }, false)).toContain('rtmps://');
      expect(sentenceOfTest({ code, step: 'handshake' }, true)).not.toContain('rtmps://');
    },
  );

  it.each([
    ['connect', 'path in the server URL'],
    ['publish', 'stream key'],
  ] as const)('tell what a close at %s means', (step, words) => {
    expect(sentenceOfTest({ code: 'CLOSED_BEFORE_PUBLISH', step }, true)).toContain(words);
  });

  it('have what a server said behind them, cleaned and cut, and in no message', () => {
    const fault = { code: 'KEY_REJECTED', step: 'publish' } as const;
    const detailOf = (remoteWords: string) => detailOfTest({ ...fault, remoteWords }, true);
    expect(detailOf('No\r\nsuch\u202e key')).toMatch(/\. \(The server said: No such key\)$/);
    const sentence = sentenceOfTest({ ...fault, remoteWords: 'No' }, true);
    expect(sentence).not.toContain('said');
    const longest = 'x'.repeat(SAID_CHARACTERS_MAX);
    expect(detailOf(longest)).toContain(`said: ${longest})`);
    expect(detailOf(`${longest}y`)).toContain(`said: ${longest})`);
    expect(detailOf(' \n')).toBe(sentence);
  });
});
