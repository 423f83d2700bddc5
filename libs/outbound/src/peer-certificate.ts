import type { TLSSocket } from 'node:tls';

/** Of a name in a certificate. */
export const CERTIFICATE_NAME_CHARACTERS_MAX = 200;

/** What a server showed of itself, and was trusted for. */
export interface PeerCertificate {
  /** Whom it names, and who says so: remote text, cut and cleaned. */
  readonly subject: string;
  readonly issuer: string;
  /** Wall clock, ms; NaN where it cannot be read. */
  readonly validToMs: number;
  /** Of the whole certificate: 64 lower-case hexadecimal characters. */
  readonly sha256: string;
}

/** Undefined where the peer showed none, as with a session that was resumed. */
export function certificateOf(
  tls: Pick<TLSSocket, 'getPeerX509Certificate'>,
): PeerCertificate | undefined {
  const shown = tls.getPeerX509Certificate();
  if (shown === undefined) return undefined;
  const { subject, issuer, subjectAltName, fingerprint256 } = shown;
  return {
    subject: nameIn(subject) || cleaned(subjectAltName ?? ''),
    issuer: nameIn(issuer),
    validToMs: Date.parse(shown.validTo),
    sha256: fingerprint256.replaceAll(':', '').toLowerCase(),
  };
}

/** The common name of lines such as `CN=live.example.com`; else the organisation, else all. */
function nameIn(lines: string | undefined): string {
  const parts = (lines ?? '').split('\n');
  const ofKind = (kind: string): string | undefined =>
    parts.find((part) => part.startsWith(`${kind}=`))?.slice(kind.length + 1);
  return cleaned(ofKind('CN') ?? ofKind('O') ?? parts.join(', '));
}

function cleaned(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}]/gu, ' ').slice(0, CERTIFICATE_NAME_CHARACTERS_MAX);
}
