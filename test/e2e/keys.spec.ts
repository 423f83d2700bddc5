import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Destination, StreamWithKey } from '#contracts';
import { mediaSource, publishWithFfmpeg, RtmpSink, RunningProgram, waitFor } from '#testing';
import { Forkcast } from './forkcast.ts';

const REPOSITORY = join(import.meta.dirname, '..', '..');
const WITHIN_MS = 20_000;
/** Well before the relay's own look at Postgres, which it takes every ten seconds. */
const REVOKED_WITHIN_MS = 5_000;

interface Shown {
  readonly ingest: { readonly streamKey: string };
}

describe('keys, while a broadcast is live', () => {
  let forkcast: Forkcast;
  let source: string;
  let sink: RtmpSink;

  beforeAll(async () => {
    [forkcast, source, sink] = await Promise.all([
      Forkcast.start(),
      mediaSource(),
      RtmpSink.open(),
    ]);
  });

  afterAll(async () => {
    await sink.close();
    await forkcast.close();
  });

  async function live(name: string): Promise<{
    readonly stream: StreamWithKey;
    readonly destination: Destination;
    readonly encoder: RunningProgram;
  }> {
    const stream = await forkcast.api.createStream({ name, graceSeconds: 60 });
    const wish = { name: 'sink', url: sink.url, streamKey: `canary-key-of-${name}` };
    const destination = await forkcast.api.addDestination(stream.id, wish);
    const encoder = publish(stream.ingest.streamKey);
    await forkcast.push(destination, 'live');
    return { stream, destination, encoder };
  }

  function publish(streamKey: string): RunningProgram {
    const url = `rtmps://localhost:${forkcast.rtmpsPort}/live/${streamKey}`;
    return publishWithFfmpeg({ url, file: source, endless: true });
  }

  /** What it comes to: an encoder that is ended by us does not end in order. */
  async function endOf(encoder: RunningProgram): Promise<number | null> {
    return (await encoder.ended).code;
  }

  it.each(['rtmp', 'rtmps'] as const)('one that nobody has is denied over %s', async (scheme) => {
    const port = scheme === 'rtmp' ? forkcast.rtmpPort : forkcast.rtmpsPort;
    const url = `${scheme}://localhost:${port}/live/fc_wrong_key_of_an_encoder`;
    const publisher = publishWithFfmpeg({ url, file: source });
    expect(await endOf(publisher)).not.toBe(0);
    expect(publisher.stderr).toMatch(/Denied|denied|Server error/);
    expect(forkcast.output).not.toContain('fc_wrong_key_of_an_encoder');
  });

  it('a revoked one ends its encoder at once', async () => {
    const { stream, encoder } = await live('revoked');
    const { body } = await forkcast.api.request<{
      items: readonly { id: string; input: string }[];
    }>('GET', `/streams/${stream.id}/keys`);
    const key = body.items.find(({ input }) => input === 'primary');
    const isAway = async () => (await forkcast.api.status(stream.id)).state === 'grace';
    const path = `/streams/${stream.id}/keys/${key?.id}?force=true`;
    expect((await forkcast.api.request('DELETE', path)).status).toBe(204);
    await waitFor('the encoder is gone', isAway, REVOKED_WITHIN_MS);
    expect(await endOf(encoder)).not.toBe(0);
    expect(await endOf(publish(stream.ingest.streamKey))).not.toBe(0);
    await forkcast.api.endBroadcast(stream.id);
  });

  it('a rotated one works until its overlap is over, and then no more', async () => {
    const { stream, encoder } = await live('overlap');
    const rotated = await forkcast.api.request<Shown>('POST', `/streams/${stream.id}/rotate-key`, {
      overlapSeconds: 3,
    });
    await forkcast.stream(stream.id, 'live');
    expect(await endOf(encoder)).not.toBe(0);
    await forkcast.stream(stream.id, 'grace');
    const next = publish(rotated.body.ingest.streamKey);
    await forkcast.stream(stream.id, 'live');
    await forkcast.api.endBroadcast(stream.id);
    await next.stop();
  });

  it('a publish URL opens the stream once', async () => {
    const stream = await forkcast.api.createStream({ name: 'guest', graceSeconds: 60 });
    const make = async (wish: object) => {
      const path = `/streams/${stream.id}/publish-urls`;
      return (await forkcast.api.request<Shown>('POST', path, wish)).body.ingest.streamKey;
    };
    const once = await make({ once: true });
    const first = publish(once);
    await forkcast.stream(stream.id, 'live');
    await first.kill();
    await forkcast.stream(stream.id, 'grace');
    // The broadcast that it began goes on with it.
    const again = publish(once);
    await forkcast.stream(stream.id, 'live');
    await forkcast.api.endBroadcast(stream.id);
    await again.ended;
    await forkcast.stream(stream.id, 'offline');
    expect(await endOf(publish(once))).not.toBe(0);
    const later = publish(await make({ once: false }));
    await forkcast.stream(stream.id, 'live');
    const { status } = await forkcast.api.request('DELETE', `/streams/${stream.id}/publish-urls`);
    expect(status).toBe(204);
    expect(await endOf(later)).not.toBe(0);
    await forkcast.api.endBroadcast(stream.id);
  });

  it('rules that no longer allow an encoder end it', async () => {
    const { stream, encoder } = await live('rules');
    const path = `/streams/${stream.id}/ingest-rules`;
    const rules = { allowedCidrs: ['203.0.113.0/24'] };
    expect((await forkcast.api.request('PUT', path, rules)).status).toBe(200);
    expect(await endOf(encoder)).not.toBe(0);
    expect(await endOf(publish(stream.ingest.streamKey))).not.toBe(0);
    await forkcast.api.request('PUT', path, { allowedCidrs: ['127.0.0.0/8', '::1/128'] });
    const next = publish(stream.ingest.streamKey);
    await forkcast.stream(stream.id, 'live');
    await forkcast.api.endBroadcast(stream.id);
    await next.stop();
  });

  it('the master key is rotated while live, and a destination connects again', async () => {
    const { stream, destination, encoder } = await live('rotation');
    const data = join(forkcast.directory, 'data');
    const before = await readFile(join(data, 'master.key'), 'utf8');
    const publishes = sink.counts.publishes;
    const rotate = async (...options: string[]) => {
      const tool = new RunningProgram(
        process.execPath,
        ['--conditions=source', join(REPOSITORY, 'tools', 'rotate-master-key.ts'), ...options],
        { cwd: REPOSITORY, env: { PATH: process.env['PATH'], FORKCAST_DATA_DIR: data } },
      );
      const { code } = await tool.ended;
      expect(tool.stderr).toBe('');
      expect(code).toBe(0);
      return tool.stdout;
    };
    expect(await rotate()).toMatch(/[1-9]\d* values are sealed under/);
    expect(await readFile(join(data, 'master.key'), 'utf8')).not.toBe(before);
    await forkcast.watch.plantOwn(data);
    // What runs was not touched by it.
    expect(sink.counts.publishes).toBe(publishes);
    expect(await rotate('--retire')).toContain('is removed');
    const keys = (await readdir(data)).filter((name) => name.startsWith('master.key'));
    expect(keys).toEqual(['master.key']);
    sink.resetConnections();
    await waitFor('it is published to again', () => sink.counts.publishes > publishes, WITHIN_MS);
    await forkcast.push(destination, 'live');
    expect(sink.streamNames.at(-1)).toBe('canary-key-of-rotation');
    await forkcast.api.endBroadcast(stream.id);
    await encoder.stop();
  });
});
