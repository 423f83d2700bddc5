import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { describe, expect } from 'vitest';
import { encodeCommand, MessageType } from '#rtmp';
import { DnsCode, makeSelfSignedPair } from '#testing';
import type { DestinationScript } from '#testing';
import {
  acknowledgements,
  askingToReconnect,
  closingAtPublish,
  flapping,
  harming,
  keepingOldSession,
  refusingApp,
  refusingKey,
  silentAt,
} from './layer/destination-scripts.ts';
import { AMF_BOMBS, chunkBomb, controlMessage, rawChunk } from './layer/hostile-bytes.ts';
import { JudgedDestination } from './layer/judged-destination.ts';
import { FaultProxy } from './layer/proxy.ts';
import { OwnNames } from './layer/own-names.ts';
import { row } from './layer/row.ts';
import type { FaultScene, ScenePush } from './layer/scene.ts';
import { useStage } from './layer/stage.ts';
import { SynHole } from './layer/syn-hole.ts';

const DAY_MS = 86_400_000;
/** Waits of an attempt that has failed some times. */
const LONG_MS = 60_000;
const SECOND_FRAMES = 30;

/** A server that is no RTMP server: each connection is `serve`'s. It counts what it hears. */
async function rawServer(scene: FaultScene, serve: (socket: Socket) => void) {
  const heard = { connections: 0, bytes: 0 };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    heard.connections += 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (bytes: Buffer) => {
      heard.bytes += bytes.length;
    });
    serve(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  scene.afterwards(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { heard, port: (server.address() as AddressInfo).port };
}

/** Waits until the push has failed with that code, in whichever state it is then. */
async function failed(scene: FaultScene, push: ScenePush, code: string, times = 1) {
  const fromMs = performance.now();
  const look = async () => {
    const now = await scene.pushNow(push);
    return now.lastError?.code === code && now.attempt >= times && now.nextRetryAt !== null && now;
  };
  const found = await scene.until(`the push failed with ${code}`, look);
  scene.figure(`${code} is told after`, performance.now() - fromMs, 'ms');
  return found;
}

/** Until when it waits, from what it says itself. */
function waitMs({ nextRetryAt, lastError }: { nextRetryAt: string | null; lastError: unknown }) {
  const at = (lastError as { readonly at: string } | null)?.at ?? '';
  return Date.parse(nextRetryAt ?? '') - Date.parse(at);
}

describe('destinations that are not there, or refuse', () => {
  const names = new OwnNames();
  const stage = useStage({ under: () => names.surroundings() });

  row(stage, 11, async (scene) => {
    const bad = [
      { name: 'nobody.faults.test', says: DnsCode.NO_SUCH_NAME, code: 'DNS_FAILED' },
      { name: 'broken.faults.test', says: DnsCode.SERVER_FAILURE, code: 'DNS_FAILED' },
      { name: 'silent.faults.test', says: 'silence', code: 'DNS_TIMEOUT' },
    ] as const;
    const added = bad.map(async ({ name, says, code }) => {
      names.tell(name, says);
      const judged = new JudgedDestination('whole');
      const push = await scene.destination({ script: judged.script, host: name });
      const { state, lastError } = await failed(scene, push, code);
      expect([name, state, lastError?.class]).toEqual([name, 'retrying', 'transient']);
      return { name, push };
    });
    // Added while the other names are being asked for, and held up by none of them.
    const prompt = await scene.destination({ host: 'localhost' });
    const fromMs = performance.now();
    await scene.push(prompt, 'live');
    scene.figure('another is live after', performance.now() - fromMs, 'ms');
    for (const { name, push } of await Promise.all(added)) {
      names.tell(name, ['127.0.0.1']);
      await scene.push(push, 'live', () => true, LONG_MS);
    }
  });

  row(stage, 12, async (scene) => {
    names.tell('moving.faults.test', ['127.0.0.11']);
    const judged = new JudgedDestination('rejoins');
    const proxies: FaultProxy[] = [];
    const via = async (port: number) => {
      const before = await FaultProxy.open(port, { listenHost: '127.0.0.11' });
      const place = { listenHost: '127.0.0.12', listenPort: before.port };
      proxies.push(before, await FaultProxy.open(port, place));
      return before;
    };
    const push = await scene.destination({
      script: judged.script,
      via,
      host: 'moving.faults.test',
    });
    scene.afterwards(() => Promise.all(proxies.map((proxy) => proxy.close())));
    await scene.push(push, 'live');
    names.tell('moving.faults.test', ['127.0.0.12']);
    const movedAtMs = performance.now();
    proxies[0]?.reset();
    await judged.whenFrame(2);
    scene.figure('live again after', performance.now() - movedAtMs, 'ms');
    expect(proxies.map(({ connections }) => connections)).toEqual([1, 1]);
    expect(judged.judge.faults).toEqual([]);
  });

  row(stage, 13, async (scene) => {
    const hole = await SynHole.open('127.0.0.21');
    scene.afterwards(() => hole.close());
    names.tell('half-dead.faults.test', ['127.0.0.21', '127.0.0.22']);
    const judged = new JudgedDestination('whole');
    const via = async (port: number) => {
      const place = { listenHost: '127.0.0.22', listenPort: hole.port };
      const alive = await FaultProxy.open(port, place);
      scene.afterwards(() => alive.close());
      return alive;
    };
    const fromMs = performance.now();
    const push = await scene.destination({
      script: judged.script,
      via,
      host: 'half-dead.faults.test',
    });
    await scene.push(push, 'live');
    scene.figure('live after', performance.now() - fromMs, 'ms');
    const { attempt, lastError } = await scene.pushNow(push);
    expect([attempt, lastError]).toEqual([1, null]);
  });

  row(stage, 14, async (scene) => {
    const hole = await SynHole.open();
    scene.afterwards(() => hole.close());
    const push = await scene.destination({ url: `rtmp://127.0.0.1:${hole.port}/live` });
    const { state, lastError } = await failed(scene, push, 'TCP_TIMEOUT');
    expect([state, lastError?.class]).toEqual(['retrying', 'transient']);
  });

  row(stage, 15, async (scene) => {
    let proxy: FaultProxy | undefined;
    const via = async (port: number) => {
      proxy = await FaultProxy.open(port);
      proxy.refuse();
      return proxy;
    };
    const push = await scene.destination({ via });
    scene.afterwards(() => proxy?.close());
    const first = await failed(scene, push, 'TCP_REFUSED');
    const third = await failed(scene, push, 'TCP_REFUSED', 3);
    expect([first.state, third.state]).toEqual(['retrying', 'retrying']);
    expect(waitMs(third)).toBeGreaterThan(waitMs(first));
    await proxy?.accept();
    await scene.push(push, 'live');
  });

  row(stage, 16, async (scene) => {
    const { certificates } = scene.forkcast;
    const later = new Date(Date.now() + DAY_MS / 2);
    const before = new Date(Date.now() - DAY_MS / 2);
    const pairs = {
      'has expired': await certificates.issue({ notAfter: before }),
      'is not valid yet': await certificates.issue({ notBefore: later }),
      'is for another host': await certificates.issue({
        names: [{ type: 'dns', value: 'b.test' }],
      }),
      'is for a name, not the address': await certificates.issue({
        names: [{ type: 'dns', value: 'localhost' }],
      }),
      'vouches for itself': await makeSelfSignedPair(),
    };
    const refused = async ([name, pair]: [
      string,
      NonNullable<DestinationScript['certificates']>,
    ]) => {
      const push = await scene.destination({ name, script: { certificates: pair } });
      const { state, lastError, evidence } = await failed(scene, push, 'TLS_CERTIFICATE');
      expect([name, state, lastError?.class]).toEqual([name, 'needs_attention', 'tls']);
      expect(waitMs(await scene.pushNow(push))).toBeGreaterThan(45_000);
      expect([evidence.tls, push.server?.links.length]).toEqual([null, 0]);
    };
    await Promise.all(Object.entries(pairs).map(refused));
    const good = await scene.destination({ script: { certificates } });
    await scene.push(good, 'live');
  });

  row(stage, 17, { case: 'it hangs' }, async (scene) => {
    const { heard, port } = await rawServer(scene, () => undefined);
    const push = await scene.destination({ url: `rtmps://127.0.0.1:${port}/live` });
    const { state, evidence } = await failed(scene, push, 'TLS_TIMEOUT');
    expect([state, evidence.tls]).toEqual(['retrying', null]);
    await scene.until('it is tried again', () => heard.connections > 1);
  });

  row(stage, 17, { case: 'it is closed' }, async (scene) => {
    const { heard, port } = await rawServer(scene, (socket) => {
      socket.once('data', () => socket.end());
    });
    const push = await scene.destination({ url: `rtmps://127.0.0.1:${port}/live` });
    const { state } = await failed(scene, push, 'TLS_FAILED');
    expect(state).toBe('retrying');
    await scene.until('it is tried again', () => heard.connections > 1);
  });

  row(stage, 18, async (scene) => {
    const silent = await scene.destination({ script: { isSilent: true } });
    const others = (['connect', 'createStream', 'publish'] as const).map(async (command) => {
      const push = await scene.destination({ script: { answers: silentAt(command) } });
      const { state } = await failed(scene, push, 'PUBLISH_TIMEOUT');
      expect([command, state]).toEqual([command, 'retrying']);
    });
    const { state } = await failed(scene, silent, 'HANDSHAKE_TIMEOUT');
    expect(state).toBe('retrying');
    const again = await silent.link(1);
    expect(again.commandNames).toEqual([]);
    await Promise.all(others);
  });

  row(stage, 19, async (scene) => {
    const push = await scene.destination({ script: { answers: refusingApp() } });
    await scene.push(push, 'needs_attention');
    const { lastError, nextRetryAt } = await failed(scene, push, 'CONNECT_REJECTED', 2);
    expect(lastError?.remoteWords).toContain('no such application');
    expect(waitMs({ lastError, nextRetryAt })).toBeGreaterThan(30_000);
    expect(push.server?.links.length).toBe(2);
  });

  row(stage, 20, { case: 'with a word' }, async (scene) => {
    let isKnown = false;
    const judged = new JudgedDestination(
      'rejoins',
      refusingKey(() => isKnown),
    );
    const push = await scene.destination({ script: judged.script });
    await scene.push(push, 'needs_attention');
    const { lastError, nextRetryAt } = await failed(scene, push, 'KEY_REJECTED', 2);
    expect(waitMs({ lastError, nextRetryAt })).toBeGreaterThan(30_000);
    expect(push.server?.links.length).toBe(2);
    isKnown = true;
    await scene.forkcast.api.switchDestination(push.api.id, 'retry');
    await scene.push(push, 'live');
    await scene.until('frames come', () => judged.frames > 0);
  });

  row(stage, 20, { case: 'by closing' }, async (scene) => {
    const push = await scene.destination({ script: { answers: closingAtPublish() } });
    await scene.push(push, 'needs_attention');
    const { lastError, nextRetryAt } = await failed(scene, push, 'CLOSED_BEFORE_PUBLISH', 2);
    expect(waitMs({ lastError, nextRetryAt })).toBeGreaterThan(30_000);
    expect(push.server?.links.length).toBe(2);
  });

  row(stage, 21, async (scene) => {
    const judged = new JudgedDestination('rejoins', keepingOldSession(8_000));
    let proxy: FaultProxy | undefined;
    const via = async (port: number) => {
      proxy = await FaultProxy.open(port);
      return proxy;
    };
    const push = await scene.destination({ script: judged.script, via });
    scene.afterwards(() => proxy?.close());
    await scene.push(push, 'live');
    await scene.until('frames come', () => judged.frames > SECOND_FRAMES);
    const lostAtMs = performance.now();
    proxy?.reset();
    const { state } = await failed(scene, push, 'KEY_BUSY');
    expect(state).toBe('retrying');
    await scene.push(push, 'live');
    scene.figure('live again after', performance.now() - lostAtMs, 'ms');
    scene.figure('publishes asked for', push.sessions.publishes, '');
    expect(push.sessions.publishes).toBeLessThanOrEqual(5);
    expect(push.sessions.openNow).toBe(1);
  });

  row(stage, 22, async (scene) => {
    const judged = new JudgedDestination('rejoins', flapping(3_000));
    const push = await scene.destination({ script: judged.script });
    await scene.push(push, 'needs_attention');
    const { lastError, nextRetryAt } = await scene.pushNow(push);
    expect(lastError?.code).toBe('CONTENT_REJECTED');
    expect(waitMs({ lastError, nextRetryAt })).toBeGreaterThan(20_000);
    expect(push.sessions.publishes).toBe(3);
    expect(judged.judge.faults).toEqual([]);
    const lines = scene.forkcast.output.split('\n');
    const told = lines.filter((line) => line.includes(push.api.id)).length;
    scene.figure('lines in the log for three lives', told, '');
    expect(told).toBeLessThan(20);
  });

  row(stage, 23, async (scene) => {
    const elsewhere = await rawServer(scene, () => undefined);
    const urls = [undefined, `rtmp://127.0.0.1:${elsewhere.port}/live`, 'rtmp://10.0.0.1/live'];
    const served = urls.map(async (url) => {
      const judged = new JudgedDestination('whole', askingToReconnect(url));
      const push = await scene.destination({ script: judged.script });
      await scene.push(push, 'live');
      await scene.until('it is served on', () => judged.frames > 2 * SECOND_FRAMES);
      expect([judged.judge.faults, push.sessions.publishes]).toEqual([[], 1]);
      const isLogged = () =>
        scene.forkcast.output
          .split('\n')
          .some((line) => line.includes('asks for another') && line.includes(push.api.id));
      await scene.until('it is in the log', isLogged);
    });
    await Promise.all(served);
    expect(elsewhere.heard.connections).toBe(0);
  });

  /** A destination that says something is left for it, and tried again later. */
  async function isLeft(scene: FaultScene, bytes: Buffer): Promise<void> {
    const push = await scene.destination({ script: { answers: harming(bytes) } });
    const { state, lastError } = await failed(scene, push, 'PROTOCOL_ERROR');
    expect([state, lastError?.class]).toEqual(['retrying', 'transient']);
  }

  row(stage, 35, (scene) => isLeft(scene, chunkBomb(65, 0xff_ff_ff)));

  row(stage, 37, async (scene) => {
    for (const size of [0, 1, 0x8000_0000]) {
      await isLeft(scene, controlMessage(MessageType.SET_CHUNK_SIZE, size));
    }
  });

  row(stage, 39, async (scene) => {
    const bombs = Object.values(AMF_BOMBS).map((bomb) => {
      const payload = Buffer.concat([encodeCommand('onStatus', 0), bomb()]);
      return rawChunk({ id: 3, type: MessageType.COMMAND_AMF0, payload: payload.subarray(0, 128) });
    });
    const judged = new JudgedDestination('whole', harming(Buffer.concat(bombs)));
    const push = await scene.destination({ script: judged.script });
    await scene.push(push, 'live');
    await scene.until('it is served on', () => judged.frames > 2 * SECOND_FRAMES);
    expect([judged.judge.faults, push.sessions.publishes]).toEqual([[], 1]);
  });

  row(stage, 41, (scene) => isLeft(scene, acknowledgements(100_000)));
});
