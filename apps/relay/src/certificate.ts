// @peculiar/x509 wants it to be loaded first.
import 'reflect-metadata';
import { createPrivateKey, webcrypto, X509Certificate } from 'node:crypto';
import { unwatchFile, watchFile } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';
import { CodedError, sentenceOf } from '#kernel';
import type { CertificatePair } from '#lanes';

const SELF_MADE_YEARS = 5;
const MS_PER_YEAR = 365 * 24 * 3_600_000;
/** How often the files are looked at for a change. */
const WATCH_INTERVAL_MS = 2_000;
const KEY_ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

export interface CertificateFiles {
  readonly certificateFile: string;
  readonly keyFile: string;
}

/**
 * The pair that the operator named, or a self-made one in the data directory (made at the first
 * start).
 */
export async function certificateFiles(options: {
  readonly certificateFile: string | undefined;
  readonly keyFile: string | undefined;
  readonly dataDirectory: string;
}): Promise<CertificateFiles> {
  if (options.certificateFile !== undefined && options.keyFile !== undefined) {
    return { certificateFile: options.certificateFile, keyFile: options.keyFile };
  }
  const folder = join(options.dataDirectory, 'tls');
  const files = { certificateFile: join(folder, 'cert.pem'), keyFile: join(folder, 'key.pem') };
  try {
    await readPair(files);
  } catch {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const pair = await makeSelfSigned();
    await writeFile(files.keyFile, pair.privateKey, { mode: 0o600 });
    await writeFile(files.certificateFile, pair.certificate);
  }
  return files;
}

/**
 * Errors: `CERTIFICATE_UNUSABLE` when a file is missing, is no PEM, or key and certificate do not
 * belong together.
 */
export async function readPair(files: CertificateFiles): Promise<CertificatePair> {
  try {
    const [certificate, privateKey] = await Promise.all([
      readFile(files.certificateFile, 'utf8'),
      readFile(files.keyFile, 'utf8'),
    ]);
    if (!new X509Certificate(certificate).checkPrivateKey(createPrivateKey(privateKey))) {
      throw new Error('the key does not belong to the certificate');
    }
    return { certificate, privateKey };
  } catch (cause) {
    const pair = `${files.certificateFile} and ${files.keyFile}`;
    const sentence = `The TLS pair ${pair} cannot be used: ${sentenceOf(cause)}.`;
    throw new CodedError('CERTIFICATE_UNUSABLE', sentence, { cause });
  }
}

/**
 * Tells of each new usable pair. While the files do not fit together (one is replaced before the
 * other) the old pair stays in use; `onRefused` says so.
 */
export function watchPair(
  files: CertificateFiles,
  onPair: (pair: CertificatePair) => void,
  onRefused: (reason: string) => void,
): () => void {
  const look = (): void => {
    readPair(files).then(onPair, (error: unknown) => onRefused(sentenceOf(error)));
  };
  const paths = [files.certificateFile, files.keyFile];
  for (const path of paths) {
    watchFile(path, { interval: WATCH_INTERVAL_MS, persistent: false }, look);
  }
  return () => {
    for (const path of paths) unwatchFile(path, look);
  };
}

async function makeSelfSigned(): Promise<CertificatePair> {
  const keys = await webcrypto.subtle.generateKey(KEY_ALGORITHM, true, ['sign', 'verify']);
  const notBefore = new Date(Date.now() - 3_600_000);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=Forkcast self-made',
    notBefore,
    notAfter: new Date(notBefore.getTime() + SELF_MADE_YEARS * MS_PER_YEAR),
    signingAlgorithm: KEY_ALGORITHM,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        { type: 'dns', value: 'localhost' },
        { type: 'dns', value: hostname() },
        { type: 'ip', value: '127.0.0.1' },
        { type: 'ip', value: '::1' },
      ]),
    ],
  });
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
  const privateKey = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  return {
    certificate: certificate.toString('pem'),
    privateKey: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
  };
}
