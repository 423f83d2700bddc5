import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Destination, IncidentEvent, PushStatus } from '#contracts';
import { mediaSource, publishWithFfmpeg, ScriptedDestination, waitFor } from '#testing';
import type { DestinationLink, DestinationWish, RunningProgram } from '#testing';
import { Forkcast } from './forkcast.ts';

const WITHIN_MS = 20_000;
const VIDEO = 9;
const DELAY_SECONDS = 4;

/** The pictures that a connection heard, in order; no two of a source are the same. */
function pictures({ media }: DestinationLink): string[] {
  return media.filter(({ type }) => type === VIDEO).map(({ body }) => body.toString('base64'));
}

describe('where a destination is in the stream', () => {
  let forkcast: Forkcast;
  let source: string;
  const opened: { close(): Promise<void> }[] = [];
  const encoders: RunningProgram[] = [];

  beforeAll(async () => {
    [forkcast, source] = await Promise.all([Forkcast.start(), mediaSource()]);
  });

  afterEach(async () => {
    await Promise.all(encoders.splice(0).map((encoder) => encoder.stop()));
    await Promise.all(opened.splice(0).map((peer) => peer.close()));
  });

  afterAll(() => forkcast.close());

  async function peer(): Promise<ScriptedDestination> {
    const destination = await ScriptedDestination.open();
    opened.push(destination);
    return destination;
  }

  /** A stream with such destinations, and an encoder that publishes to it. */
  async function broadcast(name: string, wishes: readonly Partial<DestinationWish>[]) {
    const stream = await forkcast.api.createStream({ name, graceSeconds: 30 });
    const destinations: Destination[] = [];
    for (const [index, wish] of wishes.entries()) {
      const given = { name: `${name} ${index}`, url: '', streamKey: 'key', ...wish };
      destinations.push(await forkcast.api.addDestination(stream.id, given));
    }
    encoders.push(publishWithFfmpeg({ url: forkcast.publishUrl(stream), file: source }));
    return { stream, destinations };
  }

  async function pushTo({ id, streamId }: Destination): Promise<PushStatus> {
    const { pushes } = await forkcast.api.status(streamId);
    const push = pushes.find(({ destinationId }) => destinationId === id);
    if (push === undefined) throw new Error('there is no such push');
    return push;
  }

  it('is so many seconds back, and a stop plays them out', async () => {
    const [live, late] = [await peer(), await peer()];
    const wishes = [{ url: live.url() }, { url: late.url(), delaySeconds: DELAY_SECONDS }];
    const { destinations } = await broadcast('delayed', wishes);
    const [, delayed] = destinations;
    if (delayed === undefined) throw new Error('there are two');
    const isWaiting = async () => {
      const push = await pushTo(delayed);
      return push.startsAt !== null && push;
    };
    const waiting = await waitFor('it says when it starts', isWaiting, WITHIN_MS);
    expect(late.links).toEqual([]);
    expect(waiting.delayWantedMs).toBe(DELAY_SECONDS * 1_000);
    const [near, far] = [await live.link(), await late.link()];
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(waiting.startsAt ?? '') - 100);
    await waitFor('a while of it was heard', () => pictures(far).length > 60, WITHIN_MS);
    // What is on its way to either is less than a second.
    const behind = pictures(near).length - pictures(far).length;
    expect(behind).toBeGreaterThan((DELAY_SECONDS - 1) * 25);
    expect(await pushTo(delayed)).toMatchObject({ state: 'live', target: 'main' });
    const heardAtStop = pictures(near).length;
    await forkcast.api.switchDestination(delayed.id, 'stop');
    const draining = await forkcast.push(delayed, 'draining');
    expect(draining.drainingUntil).not.toBeNull();
    expect(await far.ended).toBe('closed');
    expect(far.commandNames.slice(-2)).toEqual(['FCUnpublish', 'deleteStream']);
    const heard = pictures(far);
    expect(heard.length).toBeGreaterThanOrEqual(heardAtStop);
    expect(heard).toEqual(pictures(near).slice(0, heard.length));
    expect(late.links).toHaveLength(1);
    await forkcast.push(delayed, 'stopped');
  });

  it('moves back and forth without a new connection', async () => {
    const late = await peer();
    const { destinations } = await broadcast('moved', [{ url: late.url() }]);
    const [moved] = destinations;
    if (moved === undefined) throw new Error('there is one');
    await forkcast.push(moved, 'live');
    const path = `/destinations/${moved.id}`;
    for (const delaySeconds of [3, 0]) {
      await forkcast.api.request('PATCH', path, { delaySeconds });
      const isSo = async () => {
        const { delayMs } = await pushTo(moved);
        return Math.abs(delayMs - delaySeconds * 1_000) < 1_500;
      };
      await waitFor(`the delay is ${delaySeconds} s`, isSo, WITHIN_MS);
    }
    expect(late.links).toHaveLength(1);
    const answer = await forkcast.api.request('PATCH', path, { delaySeconds: 600 });
    expect(answer.status).toBe(422);
  });

  it('is where it stopped, after the connection was lost, if its owner wants that', async () => {
    const [live, lost] = [await peer(), await peer()];
    await broadcast('lost', [{ url: live.url() }, { url: lost.url(), resume: 'rewind' }]);
    const [whole, first] = [await live.link(), await lost.link()];
    await waitFor('a while of it was heard', () => pictures(first).length > 60, WITHIN_MS);
    first.socket.resetAndDestroy();
    const second = await lost.link(1);
    await waitFor('a while of it was heard', () => pictures(second).length > 60, WITHIN_MS);
    const both = new Set([...pictures(first), ...pictures(second)]);
    const last = pictures(whole).indexOf(pictures(second).at(-1) ?? '');
    const missed = pictures(whole)
      .slice(0, last)
      .filter((picture) => !both.has(picture));
    expect(missed).toEqual([]);
    expect(lost.links).toHaveLength(2);
  });

  it('is its backup URL when the main one fails', async () => {
    const [gone, backup] = [await peer(), await peer()];
    const url = gone.url();
    await gone.close();
    opened.splice(opened.indexOf(gone), 1);
    const wish = { url, backupUrl: backup.url(), backupAfter: 1 };
    const { stream, destinations } = await broadcast('backup', [wish]);
    const [destination] = destinations;
    if (destination === undefined) throw new Error('there is one');
    expect(await forkcast.push(destination, 'live')).toMatchObject({ target: 'backup' });
    expect(backup.links).toHaveLength(1);
    const { broadcast: present } = await forkcast.api.status(stream.id);
    const isTold = async () => {
      const path = `/broadcasts/${present?.id}/events`;
      const { body } = await forkcast.api.request<{ items: IncidentEvent[] }>('GET', path);
      return body.items.some(({ code }) => code === 'PUSH_BACKUP_URL');
    };
    await waitFor('it is in the timeline', isTold, WITHIN_MS);
  });
});
