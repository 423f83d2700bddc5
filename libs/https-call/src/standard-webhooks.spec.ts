import { describe, expect, it } from 'vitest';
import { Secret } from '#kernel';
import { newSigningSecret, signedHeaders } from './index.ts';

/** The example that every library of Standard Webhooks is tested with. */
const published = {
  secret: new Secret('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'),
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  timestampSeconds: 1614265330,
  body: '{"test": 2432232314}',
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};

describe('the signature', () => {
  it('is that of the published example', () => {
    expect(signedHeaders({ ...published, secrets: [published.secret] })).toEqual({
      'webhook-id': published.id,
      'webhook-timestamp': '1614265330',
      'webhook-signature': published.signature,
    });
  });

  it('is given by both secrets while one takes the place of the other', () => {
    const secrets = [newSigningSecret(), published.secret];
    const both = signedHeaders({ ...published, secrets })['webhook-signature'] ?? '';
    expect(both.split(' ')).toEqual([expect.stringMatching(/^v1,/), published.signature]);
  });

  it.each(['id', 'timestampSeconds', 'body'] as const)('covers %s', (part) => {
    const changed = { ...published, [part]: part === 'timestampSeconds' ? 1 : 'changed' };
    const headers = signedHeaders({ ...changed, secrets: [published.secret] });
    expect(headers['webhook-signature']).not.toBe(published.signature);
  });

  it('needs a secret', () => {
    expect(() => signedHeaders({ ...published, secrets: [] })).toThrow('has a secret');
  });
});

it('a new secret has 256 bits and its prefix, and is never the same', () => {
  const [one, other] = [newSigningSecret().reveal(), newSigningSecret().reveal()];
  expect(one).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(one).not.toBe(other);
});
