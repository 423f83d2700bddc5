import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { KernelQueues } from './kernel-queues.ts';

const HEAD = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid';

function line(local: string, remote: string, state: string, txQueue: string): string {
  const rest = '01:00000018 00000000     0        0 1';
  return `   7: ${local} ${remote} ${state} ${txQueue}:00000000 ${rest}`;
}

describe('the queues of the kernel', () => {
  it('are those of connections that stand, of both families', () => {
    const queues = new KernelQueues([
      [HEAD, line('0100007F:8000', '0100007F:078F', '01', '0000A000'), ''].join('\n'),
      line(`${'0'.repeat(24)}01000000:8001`, `${'0'.repeat(24)}01000000:01BB`, '08', '00000000'),
    ]);
    expect(queues.unconfirmedBytes({ localPort: 0x8000, remotePort: 1935 })).toBe(0xa000);
    expect(queues.unconfirmedBytes({ localPort: 0x8001, remotePort: 443 })).toBe(0);
  });

  it('are not told of what is over, of what begins, and of what has no such ports', () => {
    const queues = new KernelQueues([
      line('0100007F:8000', '0100007F:078F', '06', '0000A000'),
      line('0100007F:8001', '0100007F:078F', '02', '00000001'),
    ]);
    for (const localPort of [0x8000, 0x8001, 0x8002]) {
      expect(queues.unconfirmedBytes({ localPort, remotePort: 1935 })).toBeUndefined();
    }
  });

  it('are not told where the ports leave open which of two it is', () => {
    const queues = new KernelQueues([
      line('0100007F:8000', '0200007F:078F', '01', '0000A000'),
      line('0100007F:8000', '0300007F:078F', '01', '00000000'),
    ]);
    expect(queues.unconfirmedBytes({ localPort: 0x8000, remotePort: 1935 })).toBeUndefined();
  });

  it.runIf(process.platform === 'linux')('grow while the peer does not read', async () => {
    const server = createServer({ pauseOnConnect: true }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const accepted = once(server, 'connection');
    const socket = connect({ port, host: '127.0.0.1' });
    const [[peer]] = (await Promise.all([accepted, once(socket, 'connect')])) as [
      [Socket],
      unknown,
    ];
    const held = async (): Promise<number | undefined> => {
      const queues = await KernelQueues.now();
      return queues?.unconfirmedBytes({ localPort: socket.localPort ?? 0, remotePort: port });
    };
    expect(await held()).toBe(0);
    socket.write(Buffer.alloc(16 * 1024 * 1024));
    await expect.poll(held).toBeGreaterThan(100_000);
    socket.destroy();
    peer.destroy();
    server.close();
  });
});
