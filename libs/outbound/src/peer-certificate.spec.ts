import { describe, expect, it } from 'vitest';
import type { TLSSocket } from 'node:tls';
import { certificateOf, CERTIFICATE_NAME_CHARACTERS_MAX } from './peer-certificate.ts';

interface Shown {
  readonly subject?: string;
  readonly issuer?: string;
  readonly subjectAltName?: string;
  readonly validTo: string;
  readonly fingerprint256?: string;
}

function shownBy(shown: Shown | undefined) {
  const peer: Pick<TLSSocket, 'getPeerX509Certificate'> = {
    getPeerX509Certificate: () =>
      (shown === undefined ? undefined : { fingerprint256: '0A:FF', ...shown }) as never,
  };
  return certificateOf(peer);
}

const validTo = 'Nov 28 12:00:00 2026 GMT';

describe('certificateOf', () => {
  it('names whom it is for and who says so, by their common names', () => {
    expect(
      shownBy({ subject: 'C=DE\nO=Acme\nCN=live.example.com', issuer: 'C=US\nO=Root', validTo }),
    ).toEqual({
      subject: 'live.example.com',
      issuer: 'Root',
      validToMs: Date.parse('2026-11-28T12:00:00Z'),
      sha256: '0aff',
    });
  });

  it('takes the alternative names where there is no other', () => {
    const shown = shownBy({ issuer: 'CN=R3', subjectAltName: 'DNS:live.example.com', validTo });
    expect(shown?.subject).toBe('DNS:live.example.com');
  });

  it('shows no control characters, and no more than so many characters', () => {
    const long = 'x'.repeat(CERTIFICATE_NAME_CHARACTERS_MAX + 1);
    const shown = shownBy({ subject: 'CN=a\u0007b\u202Ec', issuer: `CN=${long}`, validTo });
    expect(shown?.subject).toBe('a b c');
    expect(shown?.issuer).toHaveLength(CERTIFICATE_NAME_CHARACTERS_MAX);
  });

  it('is nothing where the peer showed none', () => {
    expect(shownBy(undefined)).toBeUndefined();
  });
});
