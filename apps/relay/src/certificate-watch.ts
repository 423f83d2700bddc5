import { X509Certificate } from 'node:crypto';
import type { Cancel, Clock, Timers } from '#kernel';
import type { CertificatePair } from '#lanes';

const DAY_MS = 86_400_000;
/** It is told when so many days are left, once each. */
export const WARN_DAYS = [21, 7, 1] as const;
const LOOK_MS = 3_600_000;

export interface ExpiringCertificate {
  /** SHA-256, hex with colons: whether two relays speak of the same one. */
  readonly fingerprint: string;
  readonly expiresAtMs: number;
  /** Of `WARN_DAYS`, the last that was reached. */
  readonly warnDays: number;
}

/** What encoders see of it. */
export interface ShownCertificate {
  readonly subject: string;
  readonly issuer: string;
  readonly expiresAtMs: number;
  /** Nobody vouches for it: encoders that check are to be told to trust it. */
  readonly isSelfMade: boolean;
}

export interface CertificateWatchPorts {
  readonly clock: Clock;
  readonly timers: Timers;
  onExpiring(certificate: ExpiringCertificate): void;
}

/**
 * Looks at when the certificate that encoders see expires: nobody else would notice before the
 * evening on which no encoder connects any more.
 */
export class CertificateWatch {
  readonly #ports: CertificateWatchPorts;
  #certificate: Omit<ExpiringCertificate, 'warnDays'> | undefined;
  #shown: ShownCertificate | null = null;
  #toldDays: number = Infinity;
  #cancel: Cancel = () => undefined;

  constructor(ports: CertificateWatchPorts) {
    this.#ports = ports;
  }

  /** On the wall's clock; null before there is one. */
  get expiresAtMs(): number | null {
    return this.#certificate?.expiresAtMs ?? null;
  }

  /** Null before there is one. */
  get shown(): ShownCertificate | null {
    return this.#shown;
  }

  /** The one in use from now on. */
  use({ certificate }: CertificatePair): void {
    const read = new X509Certificate(certificate);
    const { validTo, fingerprint256: fingerprint, subject, issuer } = read;
    if (fingerprint !== this.#certificate?.fingerprint) this.#toldDays = Infinity;
    const expiresAtMs = Date.parse(validTo);
    this.#certificate = { fingerprint, expiresAtMs };
    this.#shown = { subject, issuer, expiresAtMs, isSelfMade: read.checkIssued(read) };
    this.#look();
  }

  stop(): void {
    this.#cancel();
  }

  #look(): void {
    const { clock, timers } = this.#ports;
    this.#cancel();
    this.#cancel = timers.after(LOOK_MS, () => this.#look());
    if (this.#certificate === undefined) return;
    const leftMs = this.#certificate.expiresAtMs - clock.wallMs();
    const warnDays = WARN_DAYS.findLast((days) => leftMs <= days * DAY_MS);
    if (warnDays === undefined || warnDays >= this.#toldDays) return;
    this.#toldDays = warnDays;
    this.#ports.onExpiring({ ...this.#certificate, warnDays });
  }
}
