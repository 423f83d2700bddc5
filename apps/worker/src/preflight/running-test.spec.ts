import { describe, expect, it } from 'vitest';
import { FakeTime } from '#testing';
import { CERTIFICATE_DAYS_SHORT, RunningTest } from './running-test.ts';

const MS_PER_DAY = 86_400_000;

function securedWith(daysLeft: number) {
  const time = new FakeTime();
  const test = new RunningTest(time, true);
  const validToMs = time.wallMs() + daysLeft * MS_PER_DAY;
  test.secured({ subject: 'live.example.com', issuer: 'R3', validToMs, sha256: 'ab12' });
  return test.ok().steps[0];
}

describe('RunningTest', () => {
  it('tells the days that a certificate has left', () => {
    expect(securedWith(CERTIFICATE_DAYS_SHORT + 1)).toMatchObject({
      name: 'tls',
      ok: true,
      detail: 'The server’s certificate is trusted.',
      certificate: { subject: 'live.example.com', issuer: 'R3', daysLeft: 15, sha256: 'ab12' },
    });
  });

  it.each([
    [CERTIFICATE_DAYS_SHORT, 'It runs out in 14 days.'],
    [1, 'It runs out in 1 day.'],
  ])('says a word of %i days', (daysLeft, words) => {
    expect(securedWith(daysLeft)?.detail).toContain(words);
  });

  it('says nothing of days where the certificate does not tell them', () => {
    const test = new RunningTest(new FakeTime(), true);
    test.secured({ subject: 'a', issuer: 'b', validToMs: Number.NaN, sha256: 'ab12' });
    expect(test.ok().steps).toMatchObject([{ name: 'tls', ok: true }]);
    expect(test.ok().steps[0]).not.toHaveProperty('certificate');
  });

  it('counts the time of each step from the end of the one before', () => {
    const time = new FakeTime();
    const test = new RunningTest(time, true);
    time.advance(30);
    test.resolved(['192.0.2.1']);
    time.advance(12);
    test.connected('192.0.2.1');
    expect(test.ok().steps.map(({ name, ms }) => `${name} ${ms}`)).toEqual([
      'resolve 30',
      'tcp 12',
    ]);
  });

  it('says where a server was too slow', () => {
    const test = new RunningTest(new FakeTime(), true);
    expect(test.overdue('publish', true)).toMatchObject({
      ok: false,
      steps: [{ name: 'publish', ok: false }],
      error: { code: 'PUBLISH_TIMEOUT' },
    });
    expect(new RunningTest(new FakeTime(), true).overdue('connect', false).steps).toMatchObject([
      { name: 'connect', ok: false },
    ]);
  });
});
