import { afterEach, expect, it } from 'vitest';
import { Secret } from '#kernel';
import { AddressPolicy, parseDestinationUrl } from '#net';
import { OutboundConnection } from '#outbound';
import { FakeTime, ScriptedDestination } from '#testing';
import { parseDestinationPaste } from './destination-paste.ts';
import { platforms } from './presets.ts';

let receiver: ScriptedDestination;
let connection: OutboundConnection | undefined;

afterEach(async () => {
  connection?.reset();
  await receiver.close();
});

/** Pastes, saves and pushes; gives what the receiver is told. Every name leads to the receiver. */
async function toldBy(paste: (host: string, port: string) => string, host: string) {
  receiver = await ScriptedDestination.open({});
  const port = new URL(receiver.url()).port;
  const result = parseDestinationPaste(paste(host, port), platforms);
  if (!result.ok) throw new Error(result.message);
  const { promise, resolve } = Promise.withResolvers<void>();
  connection = new OutboundConnection(
    { url: result.split.url, streamKey: new Secret(result.split.streamKey) },
    {
      policy: new AddressPolicy(['127.0.0.0/8']),
      resolve: async () => [{ address: '127.0.0.1', family: 4 }],
      timers: new FakeTime(),
    },
    {
      onReached: () => undefined,
      onPublishing: () => resolve(),
      onAcknowledged: () => undefined,
      onReconnectRequest: () => undefined,
      onEnded: () => resolve(),
    },
  );
  connection.start();
  await promise;
  const { commands } = await receiver.link();
  const fields = commands[0]?.object as ReadonlyMap<string, unknown>;
  const publish = commands.find(({ name }) => name === 'publish');
  const [tcUrl, app] = [fields.get('tcUrl'), fields.get('app')];
  return { app, tcUrl: String(tcUrl).replace(`:${port}`, ''), name: publish?.parameters[0] };
}

it.each([
  [
    'live-api-s.facebook.com',
    'rtmp/FB-12-0-Ab?s_bl=1&s_psm=1&a=x%2Fy%20/z',
    'rtmp',
    'FB-12-0-Ab?s_bl=1&s_psm=1&a=x%2Fy%20/z',
  ],
  ['live.twitch.tv', 'app/live_1_a?bandwidthtest=true', 'app', 'live_1_a?bandwidthtest=true'],
  ['b.rtmp.youtube.com', 'live2?backup=1/ab12-cd34', 'live2?backup=1', 'ab12-cd34'],
  ['b.rtmp.youtube.com', 'live2?backup=1\nab12-cd34', 'live2?backup=1', 'ab12-cd34'],
  ['dc4-1.rtmp.t.me', 's/123:a-B_c', 's', '123:a-B_c'],
  ['stream.odysee.com', 'live/ab12?d=E%3D&s=f+/=', 'live', 'ab12?d=E%3D&s=f+/='],
  ['wowza.example', 'app/_definst_/k?x=1', 'app/_definst_', 'k?x=1'],
  ['me.example', 'a/b/c\nk?a=b/c:d@e%41//', 'a/b/c', 'k?a=b/c:d@e%41//'],
  ['me.example', '\nkey', '', 'key'],
])('from %s, %j arrives byte for byte', async (host, pasted, app, name) => {
  const told = await toldBy((whose, port) => `rtmp://${whose}:${port}/${pasted}`, host);
  const tcUrl = app === '' ? `rtmp://${host}` : `rtmp://${host}/${app}`;
  expect(told).toEqual({ app, tcUrl, name });
});

it('adds the app that Kick does not show', async () => {
  const host = 'fa723fc1b171.global-contribute.live-video.net';
  const told = await toldBy((whose, port) => `RTMP://${whose}:${port}\nsk_us-1`, host);
  expect(told).toEqual({ app: 'app', tcUrl: `rtmp://${host}/app`, name: 'sk_us-1' });
});

const paths = platforms
  .filter(({ servers }) => servers.length > 0)
  .map(({ id, servers, backupServers }) => [id, [...servers, ...backupServers]] as const);

it.each(paths)('reaches each app of %s with a key that has a query', async (_id, servers) => {
  const byApp = new Map(servers.map(({ url }) => [parseDestinationUrl(url).app, url]));
  for (const [app, url] of byApp) {
    const { host } = parseDestinationUrl(url);
    const key = 'sk_live-1?a=b%2F/c&d==';
    const told = await toldBy((whose, port) => `rtmp://${whose}:${port}/${app}/${key}`, host);
    expect(told).toEqual({ app, tcUrl: `rtmp://${host}/${app}`, name: key });
    connection?.reset();
    await receiver.close();
  }
});
