import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DestinationSplit } from '#control';
import { mediaSource, NginxRtmp, publishWithFfmpeg } from '#testing';
import { Forkcast } from './forkcast.ts';

describe('what is pasted', () => {
  let forkcast: Forkcast;
  let nginx: NginxRtmp;
  let source: string;

  beforeAll(async () => {
    [forkcast, source] = await Promise.all([Forkcast.start(), mediaSource()]);
    nginx = await NginxRtmp.start(join(forkcast.directory, 'nginx'));
  });
  afterAll(async () => {
    await nginx.stop();
    await forkcast.close();
  });

  /** As the form does it: shown first, then saved as it was shown. */
  async function addPasted(streamId: string, text: string) {
    const { api } = forkcast;
    const shown = await api.request<DestinationSplit>('POST', '/destinations/parse', { text });
    const { url, streamKey } = shown.body;
    return api.addDestination(streamId, { name: text.slice(0, 20), url, streamKey });
  }

  it('arrives at a server with every byte of key and query', async () => {
    const stream = await forkcast.api.createStream({ name: 'pasted', graceSeconds: 0 });
    const destinations = await Promise.all([
      addPasted(stream.id, `${nginx.url}/FB-12-0-Ab?s_bl=1&s_psm=1&a=x%2Fy:z`),
      addPasted(stream.id, `Server: ${nginx.url}/\nStream key: live_1_a?bandwidthtest=true`),
      addPasted(stream.id, `“${nginx.url.replace('rtmp:', 'RTMP:')}” \u200B'123:a-B_c@5'`),
    ]);
    const publisher = publishWithFfmpeg({
      url: forkcast.publishUrl(stream),
      file: source,
      endless: true,
    });
    await Promise.all(destinations.map((each) => forkcast.push(each, 'live')));
    await publisher.stop();
    const log = await nginx.log();
    for (const [name, args] of [
      ['FB-12-0-Ab', 's_bl=1&s_psm=1&a=x%2Fy:z'],
      ['live_1_a', 'bandwidthtest=true'],
      ['123:a-B_c@5', ''],
    ]) {
      expect(log).toContain(`publish: name='${name}' args='${args}'`);
    }
    expect(log).toContain(`tc_url='${nginx.url}'`);
    expect(log).not.toContain(`tc_url='${nginx.url}/`);
  });
});
