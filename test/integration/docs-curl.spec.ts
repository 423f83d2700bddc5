import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Destination, Stream } from '#contracts';
import { ask, newWorkspace } from './api-people.ts';
import { asBootstrap, BOOTSTRAP_TOKEN, startApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';

const run = promisify(execFile);
/** As the API's first example sets them; the manual of webhooks says so. */
const SETTINGS =
  'api=http://localhost:8080/api/v1\n' +
  'auth="Authorization: Bearer $FORKCAST_BOOTSTRAP_TOKEN"\n' +
  'json="Content-Type: application/json"\n';

let api: ApiUnderTest;
let ids: Readonly<Record<string, string>>;

beforeAll(async () => {
  api = await startApi();
  const post = <Body>(path: string, body: object) =>
    ask<Body>(api, asBootstrap, 'POST', path, body);
  const { id: stream } = await post<Stream>('/streams', { name: 'Show' });
  const { id: destination } = await post<Destination>(`/streams/${stream}/destinations`, {
    name: 'Main',
    platform: 'custom',
    url: 'rtmp://93.184.215.14/live',
    streamKey: 'abcd-efgh-ijkl-mnop',
  });
  ids = { stream, destination, workspace: await newWorkspace(api, 'Customer') };
});
afterAll(() => api.close());

/** Every block of shell with curl in it, ready to run here; all but the stream that never ends. */
async function scriptOf(name: string): Promise<string> {
  const text = await readFile(new URL(`../../docs/${name}`, import.meta.url), 'utf8');
  const blocks = [...text.matchAll(/^```sh\n(.*?)^```/gms)].map(([, block = '']) => block);
  const calls = blocks.filter((block) => block.includes('curl ')).join('\n');
  return (name === 'webhooks.md' ? SETTINGS + calls : calls)
    .replaceAll('http://localhost:8080', api.url)
    .replaceAll(/^curl -N .*$/gm, '')
    .replaceAll(/^curl -s/gm, String.raw`curl -w '\n=%{http_code}\n' -s`)
    .replaceAll(/^(\w+)=paste-.*$/gm, (_line, noun: string) => `${noun}=${ids[noun]}`);
}

it.each([
  ['api.md', ['201', '201', '200', '201', '201', '200']],
  ['operations.md', ['201', '201']],
  ['webhooks.md', ['201', '201']],
])('every curl of %s does what it says', async (name, statuses) => {
  const env = { ...process.env, ...ids, FORKCAST_BOOTSTRAP_TOKEN: BOOTSTRAP_TOKEN };
  const { stdout } = await run('bash', ['-euc', await scriptOf(name)], { env });
  expect(
    [...stdout.matchAll(/^=(\d+)$/gm)].map(([, status]) => status),
    stdout,
  ).toEqual(statuses);
});
