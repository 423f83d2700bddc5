import { checkLiteral, AddressPolicy, parseDestinationUrl, type DestinationUrl } from '#net';
import { Secret } from '#kernel';
import { parseDestinationPaste, platforms } from '#platforms';
import { parseHttpsUrl } from '#https-call';
import { readPublishLink, signPublishLink, verifyPublishLink } from '#vault';
import { must, mustEqual, mustHide, refusalOf } from '../judge.ts';
import type { FuzzTarget } from '../target.ts';

const PUBLISH_LINK_PREFIX = 'fcl_';
const words = [
  ...['rtmp://', 'rtmps://', 'RTMP://', 'https://', 'http://', '[::1]', '[::ffff:127.0.0.1]'],
  ...['127.0.0.1', '127.1', '0x7f000001', '2130706433', 'localhost', '169.254.169.254', ':1935'],
  ...[':443', ':0', ':65535', ':65536', '//', '/live2?backup=1', '@', '%2f', '%00', '..', 'xn--'],
  ...['live.twitch.tv', 'a.rtmp.youtube.com', 'Server: ', 'Stream key: ', '\u202e', '\u0000'],
  ...['stream.example', '\n', ' ', '"', '。', '．', PUBLISH_LINK_PREFIX, '-', '_', '=', '\ud800'],
].map((word) => Buffer.from(word));

const nobody = new AddressPolicy([]);
const signingKey = new Secret(Buffer.alloc(32, 7).toString('base64url'));

function judgeUrl(input: Buffer): string {
  const text = input.toString('utf8');
  let url: DestinationUrl | undefined = undefined;
  const code = refusalOf(() => {
    url = parseDestinationUrl(text);
  });
  if (url === undefined) return code ?? '';
  const { scheme, host, port, app, tcUrl } = url as DestinationUrl;
  // One slash at the end is left away, and only one.
  if (!tcUrl.endsWith('/')) mustEqual(parseDestinationUrl(tcUrl), url, 'it reads the same again');
  must(text.startsWith(tcUrl), 'a URL is cut, never written anew');
  must(tcUrl.toLowerCase().startsWith(`${scheme}://`), 'it keeps its scheme');
  must(port >= 1 && port <= 65_535, 'a port is one');
  must(!/[\s@/\\?#]/.test(host) && host.length <= 253 + 1, 'a host is a name or an address');
  must(tcUrl.endsWith(app), 'the app is the rest of it');
  return `${scheme} ${refusalOf(() => checkLiteral(host, nobody))}`;
}

function judgeHttps(input: Buffer): string {
  const code = refusalOf(() => {
    const { host, port, path } = parseHttpsUrl(input.toString('utf8'));
    must(host !== '' && !/[\s@/\\?#]/.test(host), 'a host is a name or an address');
    must(port >= 1 && port <= 65_535, 'a port is one');
    must(path.startsWith('/') && !/[\s]/.test(path), 'a path may stand in a request');
    checkLiteral(host, nobody);
  });
  return code ?? 'taken';
}

const KEY_CHARACTERS_JUDGED = 12;

function judgePaste(input: Buffer): string {
  const text = input.toString('utf8');
  const visible = text.replaceAll(/\p{Cf}/gu, '');
  let outcome = '';
  for (const chosen of [undefined, 'twitch']) {
    const result = parseDestinationPaste(text, platforms, chosen);
    if (!result.ok) {
      must(result.message.length <= 300, 'a sentence for a person is short');
      outcome = result.code;
      continue;
    }
    const { url, streamKey, warnings, host, port, platform } = result.split;
    outcome = `${platform} ${warnings.map(({ code }) => code).join(' ')}`;
    must(streamKey !== '' && visible.includes(streamKey), 'the key is as it was pasted');
    must(host !== '' && port > 0, 'it names a server');
    if (streamKey.length < KEY_CHARACTERS_JUDGED) continue;
    for (const { message } of warnings) mustHide(message, streamKey, 'no advice repeats a key');
    mustHide(url, '\n', 'a URL is one line');
  }
  return outcome;
}

function judgeLink(input: Buffer): string {
  const text = PUBLISH_LINK_PREFIX + input.toString('latin1');
  let outcome = '';
  for (const name of [text, PUBLISH_LINK_PREFIX + input.toString('base64url')]) {
    const link = readPublishLink(new Secret(name));
    if (link === undefined) continue;
    must(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(link.streamId), 'an id is one');
    must(!verifyPublishLink(signingKey, link), 'nobody signs by chance');
    const signed = readPublishLink(signPublishLink(signingKey, link));
    must(signed !== undefined && verifyPublishLink(signingKey, signed), 'what is signed is true');
    const { streamId, expiresAtS, once, input: of } = link;
    must(signed.streamId === streamId && signed.expiresAtS === expiresAtS, 'it says the same');
    must(signed.once === once && signed.input === of, 'it says the same');
    outcome = `${once} ${of}`;
  }
  return outcome;
}

const seed = (text: string): Buffer => Buffer.from(text);

export const TEXTS: readonly FuzzTarget[] = [
  {
    name: 'destination-url',
    ground: ['libs/net/'],
    words,
    seeds: [seed('rtmps://live.example:443/app?backup=1'), seed('rtmp://[::1]/a')],
    run: judgeUrl,
  },
  {
    name: 'https-url',
    ground: ['libs/https-call/', 'libs/net/'],
    words,
    seeds: [seed('https://hooks.example/a?b=c'), seed('https://[::1]:8443/')],
    run: judgeHttps,
  },
  {
    name: 'destination-paste',
    ground: ['libs/platforms/', 'libs/net/'],
    words,
    seeds: [
      seed('Server: rtmps://live.example.com/app\nStream key: abcd-1234?token=5678'),
      seed('rtmp://live.twitch.tv/app/live_1_a'),
    ],
    run: judgePaste,
  },
  {
    name: 'publish-link',
    ground: ['libs/vault/'],
    words,
    seeds: [Buffer.alloc(46, 1), Buffer.alloc(45)],
    run: judgeLink,
  },
];
