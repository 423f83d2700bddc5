import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { destinationSplitSchema, PASTE_CHARACTERS_MAX } from '#control';
import { parseDestinationUrl } from '#net';
import { parseDestinationPaste } from './destination-paste.ts';
import { platforms } from './presets.ts';

const parse = (text: string, chosen?: string) => parseDestinationPaste(text, platforms, chosen);
const splitOf = (text: string, chosen?: string) => {
  const result = parse(text, chosen);
  if (!result.ok) throw new Error(`${result.code}: ${result.message}`);
  return destinationSplitSchema.parse(result.split);
};
const warningsOf = (text: string, chosen?: string) =>
  splitOf(text, chosen).warnings.map(({ code }) => code);

const KICK = 'fa723fc1b171.global-contribute.live-video.net';
const FACEBOOK_KEY = 'FB-123-0-AbC?s_bl=1&s_psm=1&s_sw=0&s_tids=1&a=Abx%2Fy';

describe('what people paste', () => {
  it.each<[text: string, platform: string, url: string, key: string]>([
    // One line, the key at its end.
    ['rtmp://live.twitch.tv/app/live_1_a', 'twitch', 'rtmp://live.twitch.tv/app', 'live_1_a'],
    [
      'rtmp://live-fra.twitch.tv/app/live_123?bandwidthtest=true',
      'twitch',
      'rtmp://live-fra.twitch.tv/app',
      'live_123?bandwidthtest=true',
    ],
    [
      `rtmps://live-api-s.facebook.com:443/rtmp/${FACEBOOK_KEY}`,
      'facebook',
      'rtmps://live-api-s.facebook.com:443/rtmp',
      FACEBOOK_KEY,
    ],
    [
      'rtmps://b.rtmps.youtube.com:443/live2?backup=1/ab12-cd34-ef56',
      'youtube',
      'rtmps://b.rtmps.youtube.com:443/live2?backup=1',
      'ab12-cd34-ef56',
    ],
    [
      'rtmps://dc4-1.rtmp.t.me/s/1234567890:abc_DEF',
      'telegram',
      'rtmps://dc4-1.rtmp.t.me/s',
      '1234567890:abc_DEF',
    ],
    [
      'rtmp://liveorigin.dlive.nicovideo.jp/live/input/nlv:1',
      'niconico',
      'rtmp://liveorigin.dlive.nicovideo.jp/live/input',
      'nlv:1',
    ],
    [
      'rtmps://rtmp-auto.millicast.com/v2/pub/s?token=a/b',
      'dolby-optiview',
      'rtmps://rtmp-auto.millicast.com/v2/pub',
      's?token=a/b',
    ],
    [
      'rtmp://push-rtmp-l11-sg01.tiktokcdn.com/game/stream-1?expire=1&sign=2',
      'tiktok',
      'rtmp://push-rtmp-l11-sg01.tiktokcdn.com/game',
      'stream-1?expire=1&sign=2',
    ],
    ['rtmp://me.example/live/stream', 'custom', 'rtmp://me.example/live', 'stream'],
    ['rtmp://me.example:1936/live/stream/', 'custom', 'rtmp://me.example:1936/live', 'stream'],
    ['rtmp://me.example/app/_definst_/k', 'custom', 'rtmp://me.example/app/_definst_', 'k'],
    [
      'rtmp://p.ep1.example/EntryPoint/name@12345',
      'custom',
      'rtmp://p.ep1.example/EntryPoint',
      'name@12345',
    ],
    [
      'rtmp://me.example/live?vhost=a.b/k?secret=1/2',
      'custom',
      'rtmp://me.example/live?vhost=a.b',
      'k?secret=1/2',
    ],
    ['rtmp://[2001:db8::1]:1935/live/key', 'custom', 'rtmp://[2001:db8::1]:1935/live', 'key'],
    ['rtmps://[2001:db8::1]/live/key', 'custom', 'rtmps://[2001:db8::1]/live', 'key'],
    ['RTMPS://Me.Example/App/Key', 'custom', 'rtmps://Me.Example/App', 'Key'],
    // URL and key apart.
    ['rtmp://live.twitch.tv/app live_1', 'twitch', 'rtmp://live.twitch.tv/app', 'live_1'],
    ['rtmp://live.twitch.tv/app/, live_1', 'twitch', 'rtmp://live.twitch.tv/app', 'live_1'],
    ['rtmp://live.twitch.tv/app,live_1', 'twitch', 'rtmp://live.twitch.tv/app', 'live_1'],
    ['live_1, rtmp://live.twitch.tv/app', 'twitch', 'rtmp://live.twitch.tv/app', 'live_1'],
    ['live_1,\nrtmp://live.twitch.tv/app', 'twitch', 'rtmp://live.twitch.tv/app', 'live_1,'],
    [
      'rtmps://rtmp-auto.millicast.com:443/v2/pub,k?t=/,',
      'dolby-optiview',
      'rtmps://rtmp-auto.millicast.com:443/v2/pub',
      'k?t=/,',
    ],
    ['rtmp://me.example/app/ab,cd', 'custom', 'rtmp://me.example/app', 'ab,cd'],
    ['live_1\nrtmp://live.twitch.tv/app', 'twitch', 'rtmp://live.twitch.tv/app', 'live_1'],
    ['rtmp://me.example/a/b/c/\r\nk/1?x=/', 'custom', 'rtmp://me.example/a/b/c', 'k/1?x=/'],
    ['rtmp://me.example/live\nstream', 'custom', 'rtmp://me.example/live', 'stream'],
    ['rtmp://me.example/live stream', 'custom', 'rtmp://me.example/live', 'stream'],
    ['rtmp://me.example/live several', 'custom', 'rtmp://me.example/live', 'several'],
    ['rtmp://me.example\nkey-1', 'custom', 'rtmp://me.example', 'key-1'],
    ['Server: rtmp://me.example/live Stream key: abc', 'custom', 'rtmp://me.example/live', 'abc'],
    ['Server:rtmp://me.example/live key=abc', 'custom', 'rtmp://me.example/live', 'abc'],
    [
      'Server URL\nrtmps://a.rtmps.youtube.com:443/live2\nStream key\nab12-cd34',
      'youtube',
      'rtmps://a.rtmps.youtube.com:443/live2',
      'ab12-cd34',
    ],
    [
      'Serveur : rtmp://me.example/live\nClé de diffusion : abc',
      'custom',
      'rtmp://me.example/live',
      'abc',
    ],
    [
      'Twitch\nURL: rtmp://live.twitch.tv/app\nKey: live_1',
      'twitch',
      'rtmp://live.twitch.tv/app',
      'live_1',
    ],
    // What surrounds it.
    ['  "rtmp://me.example/live" \'abc\' ', 'custom', 'rtmp://me.example/live', 'abc'],
    ['“rtmp://me.example/live/abc”', 'custom', 'rtmp://me.example/live', 'abc'],
    ['<rtmp://me.example/live/abc>', 'custom', 'rtmp://me.example/live', 'abc'],
    [
      '\uFEFFrtmp://me.example/live\u00A0ab\u200Bc\u200E',
      'custom',
      'rtmp://me.example/live',
      'abc',
    ],
    ['rtmp://me.example/live\n\nabc\n\n', 'custom', 'rtmp://me.example/live', 'abc'],
    ['rtmp://me.example/live/abc\nabc', 'custom', 'rtmp://me.example/live', 'abc'],
    // What platforms leave out.
    [`rtmps://${KICK} sk_us-1`, 'kick', `rtmps://${KICK}/app`, 'sk_us-1'],
    [`rtmps://${KICK}/\nsk_us-1`, 'kick', `rtmps://${KICK}/app`, 'sk_us-1'],
    [`rtmps://${KICK}:443/app/sk_us-1`, 'kick', `rtmps://${KICK}:443/app`, 'sk_us-1'],
    [`rtmps://${KICK}/sk_us-1`, 'kick', `rtmps://${KICK}/app`, 'sk_us-1'],
    ['live.twitch.tv/app/live_1', 'twitch', 'rtmp://live.twitch.tv/app', 'live_1'],
    [
      'live-api-s.facebook.com/rtmp/ FB-1?a=b',
      'facebook',
      'rtmps://live-api-s.facebook.com:443/rtmp',
      'FB-1?a=b',
    ],
  ])('%j', (text, platform, url, streamKey) => {
    expect(splitOf(text)).toMatchObject({ platform, url, streamKey });
  });

  it('says where it leads', () => {
    expect(splitOf('rtmps://[2001:db8::1]/app/_definst_/k?a=1')).toEqual({
      platform: 'custom',
      scheme: 'rtmps',
      host: '2001:db8::1',
      port: 443,
      app: 'app/_definst_',
      url: 'rtmps://[2001:db8::1]/app/_definst_',
      backupUrl: null,
      streamKey: 'k?a=1',
      warnings: [],
    });
  });

  it('keeps a second URL that is the platform’s backup', () => {
    const [main, backup] = [
      'rtmps://a.rtmps.youtube.com:443/live2',
      'rtmps://b.rtmps.youtube.com:443/live2?backup=1',
    ];
    expect(splitOf(`Server ${main}\nBackup server ${backup}\nKey ab12`)).toMatchObject({
      url: main,
      backupUrl: backup,
      streamKey: 'ab12',
    });
  });

  it('takes the chosen platform where a host belongs to several', () => {
    const text = 'rtmps://0123456789ab.global-contribute.live-video.net/app/sk_us-1';
    const guessed = splitOf(text);
    expect(guessed.warnings.map(({ code }) => code)).toEqual(['HOST_SHARED']);
    expect(splitOf(text, 'amazon-ivs')).toMatchObject({ platform: 'amazon-ivs', warnings: [] });
    expect(splitOf(text, 'kick')).toMatchObject({ platform: 'kick', warnings: [] });
    expect(splitOf(text, 'youtube').platform).toBe(guessed.platform);
  });
});

describe('what to look at before it is saved', () => {
  it.each<[text: string, codes: string[]]>([
    ['rtmps://a.rtmps.youtube.com/live2/ab12', []],
    ['rtmp://a.rtmp.youtube.com/live2/ab12', ['NOT_ENCRYPTED']],
    ['rtmp://me.example/live/abc', []],
    ['rtmp://me.example/a/b/c', ['SPLIT_GUESSED']],
    ['rtmp://me.example/live\nab\u200Bc', ['INVISIBLE_REMOVED']],
    [`rtmps://${KICK}/sk_1`, ['APP_ADDED']],
    [`rtmps://${KICK}/app/live_1`, ['KEY_UNUSUAL']],
    ['live-upload.instagram.com/rtmp/1', ['SCHEME_ADDED']],
    ['rtmps://live-api-s.facebook.com/rtmp/FB-1', ['KEY_SHORT']],
    ['rtmp://live.twitch.tv/app/live_1?bandwidthtest=true', ['NOT_ENCRYPTED', 'KEY_FOR_TEST']],
    ['rtmp://me.example/live/a rtmp://you.example/live/b', ['URLS_IGNORED']],
  ])('%j: %j', (text, codes) => {
    expect(warningsOf(text)).toEqual(codes);
  });

  it('is said without the key', () => {
    const key = 'canary-7413';
    const texts = [
      `rtmp://live.twitch.tv/app/${key}?bandwidthtest=true`,
      `rtmps://live-api-s.facebook.com/rtmp/${key}`,
      `rtmp://me.example/a/b/${key}`,
    ];
    for (const text of texts) {
      expect(JSON.stringify(splitOf(text).warnings)).not.toContain(key);
    }
  });
});

describe('what cannot be read, and by which code', () => {
  it.each<[text: string, code: string]>([
    ['', 'URL_MISSING'],
    ['live_123_abc', 'URL_MISSING'],
    ['me.example/live/key', 'URL_MISSING'],
    ['srt://me.example:9000?streamid=x', 'URL_MISSING'],
    ['https://www.twitch.tv/me', 'URL_MISSING'],
    ['rtmpt://me.example/live/key', 'URL_MISSING'],
    ['rtmp://live.twitch.tv/app', 'KEY_MISSING'],
    ['Server: rtmp://live.twitch.tv/app\nStream key:', 'KEY_MISSING'],
    ['rtmp://me.example/live', 'KEY_MISSING'],
    ['rtmp://me.example/live?key=abc', 'KEY_MISSING'],
    ['rtmp://me.example/app/_definst_/', 'KEY_MISSING'],
    [`rtmps://${KICK}`, 'KEY_MISSING'],
    ['rtmp://', 'PASTE_UNREADABLE'],
    ['rtmp:///live/key', 'PASTE_UNREADABLE'],
    ['rtmp://me:secret@me.example/live/key', 'PASTE_UNREADABLE'],
    ['rtmp://me.example:0/live/key', 'PASTE_UNREADABLE'],
    ['rtmp://me.example:65536/live/key', 'PASTE_UNREADABLE'],
    ['rtmp://[::1/live/key', 'PASTE_UNREADABLE'],
    ['rtmp://höst/live/key', 'PASTE_UNREADABLE'],
    ['rtmp://me.example/live\nfirst second', 'PASTE_UNREADABLE'],
    ['rtmp://me.example/live\n••••••••', 'PASTE_UNREADABLE'],
    ['rtmp://me.example/live\n********', 'PASTE_UNREADABLE'],
    ['rtmp://me.example/live\nschlüssel', 'PASTE_UNREADABLE'],
  ])('%j gives %s', (text, code) => {
    const result = parse(text);
    expect(result).toMatchObject({ ok: false, code });
    expect(result.ok ? '' : result.message).toMatch(/^[A-Z].*\.$/);
  });

  it('the length of it all, of URL and of key, at the edge and one past it', () => {
    const codeOf = (text: string) => {
      const result = parse(text);
      return result.ok ? 'read' : result.code;
    };
    const server = 'rtmp://me.example/';
    const key = 'k'.repeat(1024);
    const url = server.padEnd(2048, 'a');
    const padded = `${server}live\n${key}`.padEnd(PASTE_CHARACTERS_MAX);
    expect([codeOf(padded), codeOf(`${padded} `)]).toEqual(['read', 'PASTE_UNREADABLE']);
    expect([
      codeOf(`${server}live\n${key}k`),
      codeOf(`${url}\n${key}`),
      codeOf(`${url}a\nk`),
    ]).toEqual(['PASTE_UNREADABLE', 'read', 'PASTE_UNREADABLE']);
  });
});

describe('any paste', () => {
  const printable = fc.string({
    unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
    minLength: 1,
    maxLength: 60,
  });
  /** What would be read as something else: a quoted word, a label, another URL. */
  const key = printable.filter(
    (text) =>
      !/^(["'`]).*\1$|^<.*>$|:\/\/|^(?:stream[-_]?)?key[:=]/i.test(text) &&
      !/^(?:\*{3,}|[,;|:=>/-]+)$/.test(text),
  );
  const simpleKey = fc.stringMatching(/^[\w-]{1,30}(?:\?[\w&=/%.:@-]{0,30}\w)?$/);
  const app = fc.stringMatching(/^[a-z][a-z0-9]{0,9}$/);

  it('is read or refused with a code, and never throws', () => {
    const pieces = fc.array(
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 20 }),
        fc.constantFrom(
          'rtmp://',
          'rtmps://',
          '/',
          '?',
          ':',
          ',',
          '"',
          '\n',
          'key:',
          '[',
          '\uD800',
        ),
        fc.constantFrom(...platforms.flatMap(({ servers }) => servers.map(({ url }) => url))),
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(pieces, (parts) => {
        const result = parse(parts.join(''));
        if (result.ok) destinationSplitSchema.parse(result.split);
        else expect(result.code).toMatch(/^(?:PASTE_UNREADABLE|KEY_MISSING|URL_MISSING)$/);
      }),
      { numRuns: 500 },
    );
  });

  it('on two lines keeps every byte of the key', () => {
    fc.assert(
      fc.property(app, key, (name, streamKey) => {
        fc.pre(streamKey !== name);
        expect(splitOf(`rtmp://me.example/${name}\n${streamKey}`)).toMatchObject({
          app: name,
          streamKey,
        });
      }),
      { numRuns: 500 },
    );
  });

  it('on one line gives the same again when its parts are joined', () => {
    const servers = platforms.flatMap((each) => [...each.servers, ...each.backupServers]);
    const bases = fc.oneof(
      fc.constantFrom(...servers.map(({ url }) => url.replace(/\/$/, ''))),
      app.map((name) => `rtmps://me.example:1936/${name}`),
    );
    fc.assert(
      fc.property(bases, simpleKey, (base, streamKey) => {
        const split = splitOf(`${base}/${streamKey}`);
        expect(`${split.url}/${split.streamKey}`).toBe(`${base}/${streamKey}`);
        expect(split).toMatchObject({ url: base, streamKey });
      }),
      { numRuns: 500 },
    );
  });

  it('has the parts that a connection to its URL has', () => {
    const servers = platforms.flatMap((each) => [...each.servers, ...each.backupServers]);
    for (const { url } of servers) {
      const { scheme, host, port, app: parsedApp } = splitOf(`${url}\nkey-1`);
      expect({ scheme, host, port, app: parsedApp }).toEqual({
        scheme: parseDestinationUrl(url).scheme,
        host: parseDestinationUrl(url).host,
        port: parseDestinationUrl(url).port,
        app: parseDestinationUrl(url).app,
      });
    }
  });
});
