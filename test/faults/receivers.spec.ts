import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { describe, expect } from 'vitest';
import { row } from './layer/row.ts';
import type { FaultScene } from './layer/scene.ts';
import { useStage } from './layer/stage.ts';

const PIECE = Buffer.alloc(64 * 1024, 0x78);
/** 64 KiB are read; what the kernel of either side holds comes on top. */
const TAKEN_BYTES_MAX = 16 * 1024 * 1024;

interface Delivery {
  readonly state: string;
  readonly lastStatus: number | null;
  readonly lastFault: string | null;
}

describe('who is to be told', () => {
  const stage = useStage();

  row(stage, 65, { case: 'is not there' }, async (scene) => {
    const port = await listening(scene, () => undefined, true);
    const { state, lastStatus, lastFault } = await told(scene, port);
    expect({ state, lastStatus }).toEqual({ state: 'pending', lastStatus: null });
    expect(lastFault).not.toBeNull();
  });

  row(stage, 65, { case: 'answers nothing' }, async (scene) => {
    const port = await listening(scene, () => undefined);
    const fromMs = performance.now();
    const { state, lastStatus, lastFault } = await told(scene, port);
    scene.figure('given up after', performance.now() - fromMs, 'ms');
    expect({ state, lastStatus }).toEqual({ state: 'pending', lastStatus: null });
    expect(lastFault).not.toBeNull();
  });

  row(stage, 65, { case: 'sends us elsewhere' }, async (scene) => {
    let heard = 0;
    const elsewhere = await listening(scene, (response) => {
      heard += 1;
      response.end();
    });
    const location = `https://localhost:${elsewhere}/`;
    const port = await listening(scene, (response) => {
      response.writeHead(302, { location }).end();
    });
    const { state, lastStatus } = await told(scene, port);
    expect({ state, lastStatus, heard }).toEqual({ state: 'pending', lastStatus: 302, heard: 0 });
  });

  row(stage, 65, { case: 'answers without end' }, async (scene) => {
    let taken = 0;
    let isCut = false;
    const port = await listening(scene, (response) => {
      const endless = new Readable({
        read() {
          taken += PIECE.length;
          this.push(PIECE);
        },
      });
      response.on('close', () => {
        isCut = true;
        endless.destroy();
      });
      endless.pipe(response.writeHead(200));
    });
    const { state, lastStatus } = await told(scene, port);
    expect({ state, lastStatus }).toEqual({ state: 'delivered', lastStatus: 200 });
    await scene.until('it is cut', () => isCut);
    expect(taken).toBeLessThan(TAKEN_BYTES_MAX);
  });

  /** An HTTPS server that answers so; `isGone` closes it at once. */
  async function listening(
    scene: FaultScene,
    answer: (response: ServerResponse) => void,
    isGone = false,
  ): Promise<number> {
    const { certificate: cert, privateKey: key } = scene.forkcast.certificates;
    const server = createServer({ cert, key }, (request, response) => {
      request.resume().on('end', () => answer(response));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const close = (): void => {
      server.closeAllConnections();
      server.close();
    };
    if (isGone) close();
    else scene.afterwards(close);
    return port;
  }

  /** What came of the first try to tell it that a destination is live. */
  async function told(scene: FaultScene, port: number): Promise<Delivery> {
    const { api } = scene.forkcast;
    const url = `https://localhost:${port}/hook`;
    const wish = { name: 'receiver', format: 'standard', url, kinds: ['push.live'] };
    const streamId = scene.stream.id;
    const made = await api.request<{ id: string }>('POST', '/webhooks', { ...wish, streamId });
    expect(made.status).toBe(201);
    await scene.push(await scene.destination(), 'live');
    const path = `/webhooks/${made.body.id}/deliveries`;
    return scene.until('it was tried', async () => {
      const { body } = await api.request<{ items: Delivery[] }>('GET', path);
      return body.items.find(({ lastStatus, lastFault }) => (lastStatus ?? lastFault) !== null);
    });
  }
});
