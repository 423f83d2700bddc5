import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Broadcast, BroadcastEvent, Destination, Page, StreamWithKey } from '#contracts';
import type { StatisticsAnswer } from '#control';
import { mediaSource, publishWithFfmpeg, RtmpSink, waitFor } from '#testing';
import type { RunningProgram } from '#testing';
import { CANARY } from './canary-watch.ts';
import { Forkcast } from './forkcast.ts';

const WITHIN_MS = 20_000;
const STRANGER = '<img src=x onerror=alert(1)>';
/** Figures are told of every ten seconds; so many seconds have some for certain. */
const LIVE_SECONDS = 12;

describe('the history of a broadcast', () => {
  let forkcast: Forkcast;
  let sink: RtmpSink;
  let refusing: RtmpSink;
  let publisher: RunningProgram | undefined;
  let stream: StreamWithKey;
  let main: Destination;
  let broadcastId: string;
  let metrics: string;

  beforeAll(async () => {
    forkcast = await Forkcast.start();
    sink = await RtmpSink.open();
    refusing = await RtmpSink.open({ decide: () => 'NetStream.Publish.Denied' });
    stream = await forkcast.api.createStream({ name: STRANGER, graceSeconds: 5 });
    const wish = { name: 'golden', url: sink.url, streamKey: `${CANARY}key-of-the-golden-one` };
    main = await forkcast.api.addDestination(stream.id, wish);
    const url = forkcast.publishUrl(stream);
    const file = await mediaSource();
    publisher = publishWithFfmpeg({ url, file, endless: true, encoder: STRANGER });
    await liveFor(2);
    broadcastId = (await forkcast.api.status(stream.id)).broadcast?.id ?? '';
    sink.resetConnections();
    await waitFor('it is connected again', () => sink.counts.publishes === 2, WITHIN_MS);
    const refused = {
      name: STRANGER,
      url: refusing.url,
      streamKey: `${CANARY}key-that-is-refused`,
    };
    await forkcast.api.addDestination(stream.id, refused);
    await waitFor('the other one was refused', async () => (await words()) !== null, WITHIN_MS);
    await liveFor(LIVE_SECONDS);
    metrics = await (await fetch(forkcast.metricsUrl)).text();
    await forkcast.api.switchDestination(main.id, 'stop');
    await forkcast.push(main, 'stopped');
    await forkcast.api.endBroadcast(stream.id);
    await forkcast.stream(stream.id, 'offline');
    const ended = async () => (await broadcast()).endedAt !== null;
    await waitFor('its end is written', ended, WITHIN_MS);
  });

  afterAll(async () => {
    await publisher?.kill();
    await Promise.all([sink.close(), refusing.close()]);
    await forkcast.close();
  });

  /** A beat looks at pushes once a second. */
  async function liveFor(seconds: number): Promise<void> {
    const isLongEnough = async () => {
      const { since } = await forkcast.push(main, 'live');
      return Date.now() - Date.parse(since) > seconds * 1_000;
    };
    await waitFor(`it is live for ${seconds} s`, isLongEnough, WITHIN_MS + seconds * 1_000);
  }

  const read = async <Body>(path: string): Promise<Body> =>
    (await forkcast.api.request<Body>('GET', `/broadcasts/${broadcastId}${path}`)).body;
  const broadcast = () => read<Broadcast>('');
  const words = async () => {
    const { pushes } = await forkcast.api.status(stream.id);
    const push = pushes.find(({ destinationId }) => destinationId !== main.id);
    return push?.lastError?.remoteWords ?? null;
  };
  const events = async () => (await read<Page<BroadcastEvent>>('/events?limit=200')).items;
  const readText = async (path: string, accept: string): Promise<string> => {
    const url = `http://127.0.0.1:${forkcast.httpPort}/api/v1/broadcasts/${broadcastId}${path}`;
    const answer = await fetch(url, { headers: { ...forkcast.authorisation, accept } });
    const content = await answer.text();
    forkcast.watch.heard([{ name: `answer to GET ${path}`, content }]);
    return content;
  };

  it('tells what happened and what was asked for, in order', async () => {
    const ofMain = (await events()).filter(({ destinationId, kind }) =>
      kind === 'push' || kind === 'action' ? destinationId === main.id : true,
    );
    const codes = ofMain.map(({ code }) => code);
    expect(codes).toEqual([
      'BROADCAST_STARTED',
      'PUSH_LIVE',
      'RESET_BY_PEER',
      'PUSH_LIVE',
      'PUSH_STOP_ASKED',
      'PUSH_STOPPED',
      'BROADCAST_ENDED',
    ]);
    const actions = (await events()).filter(({ kind }) => kind === 'action');
    expect(actions.map(({ code }) => code)).toEqual([
      'DESTINATION_ADDED',
      'PUSH_STOP_ASKED',
      'BROADCAST_END_ASKED',
    ]);
  });

  it('has the words of a platform that refused', async () => {
    const refusal = (await events()).find(({ remoteWords }) => remoteWords !== null);
    expect(refusal).toMatchObject({ code: 'KEY_REJECTED', kind: 'push' });
    expect(refusal?.remoteWords).toContain('refused by the sink');
  });

  it('has the figures of its seconds, of the encoder and of what was sent', async () => {
    const hasAll = async () => {
      const { series } = await read<StatisticsAnswer>('/statistics?resolution=1');
      const sent = series.find(({ destinationId }) => destinationId === main.id)?.points ?? [];
      const come = series.find(({ destinationId }) => destinationId === null)?.points ?? [];
      return Math.min(sent.length, come.length) >= LIVE_SECONDS && { sent, come };
    };
    const { sent, come } = await waitFor('the figures are written', hasAll, WITHIN_MS);
    const busy = (points: typeof sent) => points.filter(({ kbps }) => kbps.avg > 100).length;
    expect(busy(sent)).toBeGreaterThan(LIVE_SECONDS - 4);
    expect(busy(come)).toBeGreaterThan(LIVE_SECONDS - 4);
    const minutes = await read<StatisticsAnswer>('/statistics?resolution=60');
    const ofMain = minutes.series.find(({ destinationId }) => destinationId === main.id);
    expect(ofMain?.points.reduce((sum, { reconnects }) => sum + reconnects, 0)).toBe(1);
  });

  it('can be taken away, whole and for people', async () => {
    const whole = JSON.parse(await readText('/export', '*/*')) as { events: unknown[] };
    expect(whole.events).toHaveLength((await events()).length);
    const html = await readText('/report', 'text/html');
    expect(html).toContain('was told to stop.');
    expect(html).not.toContain('<img');
  });

  it('leaves no name of a stranger in the metrics', () => {
    const labels = [...metrics.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)];
    const states = labels.filter(([, name]) => name === 'state').map(([, , value]) => value);
    expect(states).toContain('live');
    expect(states.filter((state) => !/^[a-z_]{4,20}$/.test(state ?? ''))).toEqual([]);
    expect(metrics).not.toMatch(/img|onerror|golden|refused by the sink/);
    expect(metrics).not.toContain(stream.id);
  });
});
