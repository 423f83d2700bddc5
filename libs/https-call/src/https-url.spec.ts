import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AddressPolicy } from '#net';
import { checkHttpsUrl, HTTPS_URL_CHARS_MAX, parseHttpsUrl } from './index.ts';

const nobody = () => Promise.reject(new Error('asked'));

describe('a URL to be called', () => {
  it('is cut into host, port and path', () => {
    expect(parseHttpsUrl('https://hooks.example.com/a/b?c=d#e')).toEqual({
      host: 'hooks.example.com',
      port: 443,
      path: '/a/b?c=d',
    });
    expect(parseHttpsUrl('HTTPS://[2606:4700::1111]:8443')).toEqual({
      host: '2606:4700::1111',
      port: 8443,
      path: '/',
    });
  });

  it.each([
    ['http://example.com/', 'HTTPS_URL_NOT_HTTPS'],
    ['file:///etc/passwd', 'HTTPS_URL_NOT_HTTPS'],
    ['example.com', 'HTTPS_URL_INVALID'],
    ['https://', 'HTTPS_URL_INVALID'],
    ['https://user@example.com/', 'HTTPS_URL_INVALID'],
    ['https://:word@example.com/', 'HTTPS_URL_INVALID'],
    ['https://example.com:22/', 'HTTPS_URL_INVALID'],
    ['https://example.com:6379/', 'HTTPS_URL_INVALID'],
    ['https://example.com:0/', 'HTTPS_URL_INVALID'],
    ['https://exa\tmple.com/', 'HTTPS_URL_INVALID'],
    ['https://example.com\\@10.0.0.1/', 'HTTPS_URL_INVALID'],
    [' https://example.com/', 'HTTPS_URL_INVALID'],
  ])('refuses %s', (text, code) => {
    expect(() => parseHttpsUrl(text)).toThrow(expect.objectContaining({ code }));
  });

  it('has 2048 characters at most', () => {
    const longest = 'https://example.com/'.padEnd(HTTPS_URL_CHARS_MAX, 'a');
    expect(parseHttpsUrl(longest).host).toBe('example.com');
    expect(() => parseHttpsUrl(`${longest}a`)).toThrow('longer than 2048');
  });

  it('never fails in a way that has no code', () => {
    const near = fc.tuple(fc.constantFrom('', 'https://', 'https://['), fc.string());
    fc.assert(
      fc.property(near, ([start, rest]) => {
        try {
          parseHttpsUrl(start + rest);
        } catch (thrown) {
          expect(thrown).toMatchObject({ code: expect.stringMatching(/^HTTPS_URL_/) });
        }
      }),
    );
  });
});

describe('the check of a form', () => {
  it.each(['127.1', '2130706433', '0x7f.1', '[::1]', '[::ffff:10.0.0.1]', '169.254.169.254'])(
    'knows the private address in https://%s',
    async (host) => {
      const check = checkHttpsUrl(`https://${host}/`, new AddressPolicy(), nobody);
      await expect(check).rejects.toMatchObject({ code: 'ADDRESS_FORBIDDEN' });
    },
  );

  it('asks for the addresses of a name', async () => {
    const at = (address: string) => () => Promise.resolve([{ address, family: 4 } as const]);
    const policy = new AddressPolicy();
    await checkHttpsUrl('https://hooks.example.com/', policy, at('1.1.1.1'));
    const inside = checkHttpsUrl('https://hooks.example.com/', policy, at('10.0.0.1'));
    await expect(inside).rejects.toMatchObject({ code: 'ADDRESS_FORBIDDEN' });
  });
});
