// @peculiar/x509 wants it to be loaded first.
import 'reflect-metadata';
import { createPrivateKey, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY_MS = 86_400_000;
const NAMES: x509.JsonGeneralNames = [
  { type: 'dns', value: 'localhost' },
  { type: 'ip', value: '127.0.0.1' },
];

export interface TestCertificates {
  /** PEM of the authority, for those who are to trust it. */
  readonly authority: string;
  /** PEM of a certificate for localhost and 127.0.0.1, signed by the authority. */
  readonly certificate: string;
  readonly privateKey: string;
  /** Another one that the same authority has signed. */
  readonly issue: (wish: CertificateWish) => Promise<CertificatePair>;
}

/** What is left out is as of the authority's own server. */
export interface CertificateWish {
  readonly names?: x509.JsonGeneralNames;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}

type CertificatePair = Pick<TestCertificates, 'certificate' | 'privateKey'>;

/** A certificate authority for one run, and one server certificate of it. */
export async function makeTestCertificates(): Promise<TestCertificates> {
  const authorityKeys = await generateKeys();
  const validity = {
    notBefore: new Date(Date.now() - DAY_MS),
    notAfter: new Date(Date.now() + DAY_MS),
  };
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=Forkcast test authority',
    ...validity,
    signingAlgorithm: ALGORITHM,
    keys: authorityKeys,
    extensions: [new x509.BasicConstraintsExtension(true, undefined, true)],
  });
  const issue = async (wish: CertificateWish): Promise<CertificatePair> => {
    const { names = NAMES, ...times } = wish;
    const keys = await generateKeys();
    const certificate = await x509.X509CertificateGenerator.create({
      subject: 'CN=localhost',
      issuer: authority.subject,
      ...validity,
      ...times,
      signingAlgorithm: ALGORITHM,
      publicKey: keys.publicKey,
      signingKey: authorityKeys.privateKey,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.SubjectAlternativeNameExtension(names),
      ],
    });
    return { certificate: certificate.toString('pem'), privateKey: await pemOf(keys) };
  };
  return { authority: authority.toString('pem'), ...(await issue({})), issue };
}

/** A certificate that vouches for itself, for localhost and 127.0.0.1. */
export async function makeSelfSignedPair(
  options: { readonly notAfter?: Date } = {},
): Promise<CertificatePair> {
  const keys = await generateKeys();
  const { notAfter = new Date(Date.now() + DAY_MS) } = options;
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=localhost',
    notBefore: new Date(notAfter.getTime() - 2 * DAY_MS),
    notAfter,
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [new x509.SubjectAlternativeNameExtension(NAMES)],
  });
  return { certificate: certificate.toString('pem'), privateKey: await pemOf(keys) };
}

async function pemOf(keys: webcrypto.CryptoKeyPair): Promise<string> {
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  const privateKey = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  return privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
}

function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}
