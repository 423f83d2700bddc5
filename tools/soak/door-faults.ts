import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { acts } from './act.ts';
import { SoakEncoder } from './encoder.ts';
import type { House } from './house.ts';

const GARBAGE_CONNECTIONS = 60;
const GARBAGE_PAUSE_MS = 30;
const STRANGERS = 40;
const GUESSES = 6;
const DRIP_MS = 500;
const GARBAGE_BYTES_MAX = 4_096;

/** Addresses that no encoder has: what is blocked there is blocked for nobody else. */
function address(number: number): string {
  return `127.66.${Math.floor(number / 200) % 256}.${1 + (number % 200)}`;
}

let connections = 0;

/** Whoever else comes to the door. */
export const DOOR_FAULTS = acts({
  'garbage at the door': async ({ house }, { forMs }) => {
    const sockets: Socket[] = [];
    for (let number = 0; number < GARBAGE_CONNECTIONS; number += 1) {
      const socket = open(house, number);
      socket.write(garbage(number));
      sockets.push(socket);
      await delay(GARBAGE_PAUSE_MS);
    }
    await delay(forMs);
    for (const socket of sockets) socket.destroy();
  },
  // Half of them drip a handshake, the others say nothing at all.
  'slow strangers': async ({ house }, { forMs }) => {
    const sockets = Array.from({ length: STRANGERS }, (_, number) => open(house, number));
    const drip = setInterval(() => {
      const dripping = sockets.slice(STRANGERS / 2).filter(({ writable }) => writable);
      for (const socket of dripping) socket.write('\u0003');
    }, DRIP_MS);
    await delay(forMs);
    clearInterval(drip);
    for (const socket of sockets) socket.destroy();
  },
  'guessed keys': async ({ house }, { forMs }) => {
    const encoders = Array.from({ length: GUESSES }, () => {
      const streamKey = `live_${randomBytes(16).toString('hex')}`;
      connections += 1;
      return new SoakEncoder({
        ...{ port: house.ports.rtmp, isSecure: false, streamKey },
        localAddress: address(connections),
      });
    });
    for (const encoder of encoders) encoder.start();
    await delay(forMs);
    for (const encoder of encoders) encoder.stop();
  },
});

function open({ ports }: House, number: number): Socket {
  connections += 1;
  const port = [ports.rtmp, ports.rtmps, ports.http][number % 3] ?? ports.rtmp;
  const socket = connect({ host: '127.0.0.1', port, localAddress: address(connections) });
  // It is cut off: that is what is wanted.
  socket.on('error', () => socket.destroy());
  socket.resume();
  return socket;
}

function garbage(number: number): Buffer | string {
  if (number % 4 === 0) return 'GET /live HTTP/1.1\r\nHost: localhost\r\n\r\n';
  if (number % 4 === 1) return Buffer.concat([Buffer.from([3]), randomBytes(GARBAGE_BYTES_MAX)]);
  return randomBytes(1 + Math.floor(Math.random() * GARBAGE_BYTES_MAX));
}
