import { describe, expect } from 'vitest';
import { Crowd } from './layer/crowd.ts';
import { openPages } from './layer/pages.ts';
import { openDescriptors, residentBytes } from './layer/process-figures.ts';
import { row } from './layer/row.ts';
import type { FaultScene } from './layer/scene.ts';
import { useStage } from './layer/stage.ts';

/** The handshake of a client, whole. */
const GREETING = Buffer.concat([Buffer.of(3), Buffer.alloc(3_072)]);
const HTTP = Buffer.from(`GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ${'s'.repeat(10_000)}`);
/** Connections to the stores and of pages come and go: what leaks in a flood is hundreds. */
const DESCRIPTORS_SLACK = 16;
const MEMORY_SLACK_BYTES = 30e6;
const RETURNED_WITHIN_MS = 90_000;
const PAGES = 500;
const PAGES_PER_ACCOUNT = 5;

interface Standing {
  readonly descriptors: number;
  readonly bytes: number;
}

/** Alone on their product, one after the other: its memory is looked at. */
describe('load', () => {
  const stage = useStage();

  row(stage, 34, { isAlone: true }, async (scene) => {
    const { rtmpPort, rtmpsPort, httpPort } = scene.forkcast;
    // What the first crowd of its life has a process set aside is no leak.
    await Crowd.gather({ port: rtmpPort, count: 500, addresses: 50, isPassing: true });
    const [relay, api] = await standings(scene);
    const beganAtMs = performance.now();
    const passing = { count: 2_000, addresses: 100, isPassing: true, first: GREETING };
    const [plain, secure, idle, slow, slowPages] = await Promise.all([
      Crowd.gather({ port: rtmpPort, ...passing }),
      Crowd.gather({ port: rtmpsPort, ...passing, count: 500, first: Buffer.of(22, 3, 1) }),
      Crowd.gather({ port: rtmpPort, count: 1_000, addresses: 50, first: GREETING }),
      Crowd.gather({ port: rtmpPort, count: 200, addresses: 20, drips: GREETING }),
      Crowd.gather({ port: httpPort, count: 200, addresses: 20, drips: HTTP }),
    ]);
    const crowds = [plain, secure, idle, slow, slowPages];
    scene.afterwards(() => crowds.forEach((crowd) => crowd.leave()));
    const seconds = (performance.now() - beganAtMs) / 1_000;
    scene.figure('connections a second', 3_900 / seconds, '');
    scene.figure('of 1,000 that say nothing, let in', idle.answered, '');
    // As many as may wait in both lanes, and no more.
    expect(idle.answered).toBeGreaterThan(0);
    expect(idle.answered).toBeLessThanOrEqual(1_000);
    await scene.until('all are sent away', () => crowds.every(({ standing }) => standing === 0));
    scene.figure('all were sent away after', performance.now() - beganAtMs, 'ms');
    await returned(scene, relay, api);
  });

  row(stage, 69, { isAlone: true }, async (scene) => {
    const pages = await openPages(scene, PAGES / PAGES_PER_ACCOUNT, PAGES_PER_ACCOUNT);
    // One of each account's five reads nothing from here on.
    for (const page of pages.filter((_, index) => index % PAGES_PER_ACCOUNT === 0)) {
      page.stopReading();
    }
    const [relay, api] = await standings(scene);
    const reading = pages.filter((_, index) => index % PAGES_PER_ACCOUNT !== 0);
    const beganAtMs = performance.now();
    const { api: added } = await scene.destination();
    await scene.until('all pages are told of a change', () =>
      reading.every(({ text }) => text.includes(added.id)),
    );
    scene.figure('500 pages were told within', performance.now() - beganAtMs, 'ms');
    expect(pages.filter(({ ended }) => ended)).toEqual([]);
    for (const page of pages) page.close();
    await returned(scene, relay, { ...api, descriptors: api.descriptors - PAGES });
  });
});

async function standings(scene: FaultScene): Promise<[relay: Standing, api: Standing]> {
  const [relay, api] = await Promise.all(
    (['relay', 'api'] as const).map(async (app) => {
      const pid = await scene.forkcast.appPid(app);
      return { descriptors: await openDescriptors(pid), bytes: await residentBytes(pid) };
    }),
  );
  if (relay === undefined || api === undefined) throw new Error('two were asked for');
  return [relay, api];
}

/** Resolves when both processes have no more than before. */
async function returned(scene: FaultScene, relay: Standing, api: Standing): Promise<void> {
  const look = async () => {
    const [relayNow, apiNow] = await standings(scene);
    expect(relayNow.descriptors).toBeLessThanOrEqual(relay.descriptors + DESCRIPTORS_SLACK);
    expect(apiNow.descriptors).toBeLessThanOrEqual(api.descriptors + DESCRIPTORS_SLACK);
    expect(relayNow.bytes).toBeLessThanOrEqual(relay.bytes + MEMORY_SLACK_BYTES);
    expect(apiNow.bytes).toBeLessThanOrEqual(api.bytes + MEMORY_SLACK_BYTES);
    return { relayNow, apiNow };
  };
  const what = 'descriptors and memory are back';
  const { relayNow, apiNow } = await scene.until(what, look, RETURNED_WITHIN_MS);
  scene.figure('the relay took', (relayNow.bytes - relay.bytes) / 1e6, 'MB');
  scene.figure('the api took', (apiNow.bytes - api.bytes) / 1e6, 'MB');
  scene.figure('descriptors of the relay', relayNow.descriptors - relay.descriptors, '');
}
