import { describe, expect, it } from 'vitest';
import {
  certificateAdvice,
  certificateTone,
  certificateWords,
  partWords,
  refusalWords,
  waitingWords,
} from './system-words.ts';

describe('the words of how the instance is', () => {
  it.each([
    [22, 'tone-good'],
    [21, 'tone-fair'],
    [2, 'tone-fair'],
    [1, 'tone-bad'],
    [-1, 'tone-bad'],
  ])('call for a new certificate in time: %d days are %s', (daysLeft, tone) => {
    expect(certificateTone(daysLeft)).toBe(tone);
  });

  it('say how long a certificate is good, and who vouches for it', () => {
    expect(certificateWords({ daysLeft: 1, isSelfMade: false })).toBe('1 day left');
    expect(certificateWords({ daysLeft: 12, isSelfMade: true })).toBe('12 days left (self-made)');
    expect(certificateWords({ daysLeft: -1, isSelfMade: false })).toBe('has ended');
  });

  it('say whose a certificate is, and what to do about it', () => {
    const signed = { subject: 'CN=live.example.com', issuer: 'CN=Some CA', isSelfMade: false };
    expect(certificateAdvice({ ...signed, daysLeft: 22 })).toBe(
      'CN=live.example.com, by CN=Some CA.',
    );
    expect(certificateAdvice({ ...signed, daysLeft: 21 })).toContain('Renew it');
    expect(certificateAdvice({ ...signed, daysLeft: 90, isSelfMade: true })).toContain(
      'OBS refuses',
    );
  });

  it('say whether a part answers', () => {
    expect(partWords({ ok: true, ms: 3 })).toBe('Answers in 3 ms');
    expect(partWords({ ok: false, ms: null })).toBe('Away');
  });

  it('say what waits, in all queues together', () => {
    const idle = { waiting: 0, oldestWaitingMs: null };
    expect(waitingWords([idle])).toBe('Nothing waits');
    expect(waitingWords([idle, { waiting: 1, oldestWaitingMs: 400 }])).toBe(
      '1 waits, the first for 0.4 s',
    );
    const two = { waiting: 2, oldestWaitingMs: 12_000 };
    expect(waitingWords([two, { waiting: 1, oldestWaitingMs: 400 }])).toBe(
      '3 wait, the first for 12 s',
    );
  });

  it('say why an encoder was not let in, also for a reason that came later', () => {
    expect(refusalWords('wrong-key')).toContain('opens no stream');
    expect(refusalWords('another reason')).toBe('another reason');
  });
});
