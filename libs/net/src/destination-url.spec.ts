import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { DESTINATION_URL_CHARS_MAX, parseDestinationUrl } from './destination-url.ts';
import { NetError } from './net-error.ts';

function codeOf(text: string): string {
  try {
    parseDestinationUrl(text);
  } catch (thrown) {
    if (thrown instanceof NetError) return thrown.code;
    throw thrown;
  }
  return 'accepted';
}

describe('what platforms ask people to paste', () => {
  it.each([
    ['rtmps://a.rtmps.youtube.com/live2', 'rtmps', 'a.rtmps.youtube.com', 443, 'live2'],
    [
      'rtmp://b.rtmp.youtube.com/live2?backup=1',
      'rtmp',
      'b.rtmp.youtube.com',
      1935,
      'live2?backup=1',
    ],
    ['rtmps://live-api-s.facebook.com:443/rtmp/', 'rtmps', 'live-api-s.facebook.com', 443, 'rtmp'],
    ['rtmp://or.pscp.tv:80/x', 'rtmp', 'or.pscp.tv', 80, 'x'],
    ['rtmps://global-live.mux.com/app', 'rtmps', 'global-live.mux.com', 443, 'app'],
    ['rtmp://x.example.com:1936/a/b/c', 'rtmp', 'x.example.com', 1936, 'a/b/c'],
    ['rtmp://127.0.0.1:40123/live', 'rtmp', '127.0.0.1', 40123, 'live'],
    ['rtmp://[2001:db8::1]:1935/live', 'rtmp', '2001:db8::1', 1935, 'live'],
    ['rtmps://[2001:db8::1]/live', 'rtmps', '2001:db8::1', 443, 'live'],
    ['RTMP://Live.Example.com/App', 'rtmp', 'Live.Example.com', 1935, 'App'],
    ['rtmp://localhost', 'rtmp', 'localhost', 1935, ''],
    ['rtmp://localhost/', 'rtmp', 'localhost', 1935, ''],
  ])('%s', (text, scheme, host, port, app) => {
    expect(parseDestinationUrl(text)).toMatchObject({ scheme, host, port, app });
  });

  it('keeps tcUrl as typed, without one trailing slash', () => {
    expect(parseDestinationUrl('RTMPS://Host:443/App?a=%41&b=/').tcUrl).toBe(
      'RTMPS://Host:443/App?a=%41&b=',
    );
    expect(parseDestinationUrl('rtmp://host/app//').app).toBe('app/');
    expect(parseDestinationUrl('rtmp://host/').tcUrl).toBe('rtmp://host');
  });

  it('keeps every app byte for byte', () => {
    const app = fc
      .string({ maxLength: 80 })
      .filter((text) => !/[\p{Cc}\p{Cf}\p{Cs}\s]|\/$/u.test(text));
    fc.assert(
      fc.property(app, (text) => {
        expect(parseDestinationUrl(`rtmp://host/${text}`).app).toBe(text);
      }),
    );
  });

  it('answers any text with parts or with a coded error', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        expect(codeOf(`rtmp://${text}`)).toMatch(/^accepted$|^URL_/);
      }),
    );
  });
});

describe('what it refuses, and by which code', () => {
  it.each([
    ['', 'URL_NOT_RTMP'],
    ['http://host/app', 'URL_NOT_RTMP'],
    ['rtmpt://host/app', 'URL_NOT_RTMP'],
    ['rtmp:/host/app', 'URL_NOT_RTMP'],
    ['host/app', 'URL_NOT_RTMP'],
    [' rtmp://host/app', 'URL_HAS_FORBIDDEN_CHARACTER'],
    ['rtmp://host/app\n', 'URL_HAS_FORBIDDEN_CHARACTER'],
    ['rtmp://host/a\u0000b', 'URL_HAS_FORBIDDEN_CHARACTER'],
    ['rtmp://host/a\u202Eb', 'URL_HAS_FORBIDDEN_CHARACTER'],
    ['rtmp://host/a\u00A0b', 'URL_HAS_FORBIDDEN_CHARACTER'],
    ['rtmp://user:pass@host/app', 'URL_HAS_USERINFO'],
    ['rtmp://user@[::1]/app', 'URL_HAS_USERINFO'],
    ['rtmp://', 'URL_HOST_MISSING'],
    ['rtmp:///app', 'URL_HOST_MISSING'],
    ['rtmp://:1935/app', 'URL_HOST_MISSING'],
    ['rtmp://[::1/app', 'URL_HOST_INVALID'],
    ['rtmp://[::1]x/app', 'URL_HOST_INVALID'],
    ['rtmp://[fe80::1%eth0]/app', 'URL_HOST_INVALID'],
    ['rtmp://[127.0.0.1]/app', 'URL_HOST_INVALID'],
    ['rtmp://127.1/app', 'URL_HOST_INVALID'],
    ['rtmp://2130706433/app', 'URL_HOST_INVALID'],
    ['rtmp://0x7f000001/app', 'URL_HOST_INVALID'],
    ['rtmp://0177.0.0.1/app', 'URL_HOST_INVALID'],
    ['rtmp://256.1.1.1/app', 'URL_HOST_INVALID'],
    ['rtmp://-host/app', 'URL_HOST_INVALID'],
    ['rtmp://a..b/app', 'URL_HOST_INVALID'],
    ['rtmp://host?x=1/app', 'URL_HOST_INVALID'],
    ['rtmp://höst/app', 'URL_HOST_INVALID'],
    ['rtmp://host:/app', 'URL_PORT_INVALID'],
    ['rtmp://host:0/app', 'URL_PORT_INVALID'],
    ['rtmp://host:+80/app', 'URL_PORT_INVALID'],
    ['rtmp://host:65536/app', 'URL_PORT_INVALID'],
    ['rtmp://host:65535/app', 'accepted'],
    ['rtmp://2001:db8::1/app', 'URL_HOST_INVALID'],
  ])('%j gives %s', (text, code) => {
    expect(codeOf(text)).toBe(code);
  });

  it.each([22, 25, 53, 81, 1023, 3306, 5432, 6379, 9200, 11211, 27017])('port %i', (port) => {
    expect(codeOf(`rtmp://host:${port}/app`)).toBe('URL_PORT_FORBIDDEN');
  });

  it.each([80, 443, 1024, 1935, 1936, 2935, 5222, 8080])('not port %i', (port) => {
    expect(codeOf(`rtmp://host:${port}/app`)).toBe('accepted');
  });

  it('the length at its edge and one past it', () => {
    const longest = 'rtmp://host/'.padEnd(DESTINATION_URL_CHARS_MAX, 'a');
    expect(codeOf(longest)).toBe('accepted');
    expect(codeOf(`${longest}a`)).toBe('URL_TOO_LONG');
  });
});
