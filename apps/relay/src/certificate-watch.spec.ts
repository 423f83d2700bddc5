import { X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CertificatePair } from '#lanes';
import { FakeTime, makeSelfSignedPair, makeTestCertificates } from '#testing';
import { CertificateWatch, type ExpiringCertificate } from './certificate-watch.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

let pair: CertificatePair;
let other: CertificatePair;

beforeAll(async () => {
  [pair, other] = await Promise.all([makeSelfSignedPair(), makeSelfSignedPair()]);
});

const expiryOf = ({ certificate }: CertificatePair) =>
  Date.parse(new X509Certificate(certificate).validTo);

/** So many days before the certificate expires. */
function scene(daysLeft: number) {
  const time = new FakeTime();
  const startMs = expiryOf(pair) - daysLeft * DAY_MS;
  const beganMs = time.monotonicMs();
  const clock = {
    monotonicMs: () => time.monotonicMs(),
    wallMs: () => startMs + time.monotonicMs() - beganMs,
  };
  const told: ExpiringCertificate[] = [];
  const watch = new CertificateWatch({ clock, timers: time, onExpiring: (one) => told.push(one) });
  const pass = (days: number) => {
    for (let hours = 0; hours < days * 24; hours += 1) time.advance(HOUR_MS);
  };
  return { time, watch, told, pass, days: () => told.map(({ warnDays }) => warnDays) };
}

describe('a certificate', () => {
  it('is warned of 21, 7 and 1 days before it expires, once each', () => {
    const { watch, days, pass } = scene(22);
    watch.use(pair);
    expect(days()).toEqual([]);
    pass(1);
    expect(days()).toEqual([21]);
    pass(13);
    expect(days()).toEqual([21]);
    pass(1);
    expect(days()).toEqual([21, 7]);
    pass(30);
    expect(days()).toEqual([21, 7, 1]);
  });

  it('that is late at the start is warned of once', () => {
    const { watch, days, told } = scene(0.5);
    watch.use(pair);
    watch.use(pair);
    expect(days()).toEqual([1]);
    expect(told[0]).toMatchObject({ expiresAtMs: expiryOf(pair) });
    expect(watch.expiresAtMs).toBe(expiryOf(pair));
  });

  it('that was replaced is another', () => {
    const { watch, told } = scene(0.5);
    expect(watch.expiresAtMs).toBeNull();
    watch.use(pair);
    watch.use(other);
    expect(new Set(told.map(({ fingerprint }) => fingerprint)).size).toBe(told.length);
    expect(watch.expiresAtMs).toBe(expiryOf(other));
  });

  it('is shown as encoders see it, and that nobody vouches for it', () => {
    const { watch } = scene(100);
    expect(watch.shown).toBeNull();
    watch.use(pair);
    const { subject, issuer } = new X509Certificate(pair.certificate);
    const expiresAtMs = expiryOf(pair);
    expect(watch.shown).toEqual({ subject, issuer, expiresAtMs, isSelfMade: true });
  });

  it('that somebody vouches for is not self-made', async () => {
    const { watch } = scene(100);
    watch.use(await makeTestCertificates());
    expect(watch.shown).toMatchObject({ isSelfMade: false });
  });

  it('is not looked at any more by a relay that ends', () => {
    const { watch, time } = scene(100);
    watch.use(pair);
    expect(time.waiting).toBe(1);
    watch.stop();
    expect(time.waiting).toBe(0);
  });
});
