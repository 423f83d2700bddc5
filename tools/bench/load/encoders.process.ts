import { monotonicMs } from '#testing';
import { answerParent } from './conversation.ts';
import { publish, StreamWriter, type Address, type PublishingConnection } from './publisher.ts';

export interface EncodersOrder {
  readonly kind: 'publish';
  readonly addresses: readonly Address[];
  readonly kbps: number;
  readonly chunkBytes: number;
}

/**
 * The encoders of a run, in a process of their own. One publishes after the other: servers bound
 * how many connections of one address may be without a publish. Each sends in real time what its
 * server takes.
 */
async function start({ addresses, kbps, chunkBytes }: EncodersOrder): Promise<void> {
  for (const address of addresses) {
    await new Promise<void>((resolve) => {
      const onPublishing = (connection: PublishingConnection): void => {
        send(connection);
        resolve();
      };
      publish(address, { chunkBytes, onPublishing });
    });
  }

  function send({ socket, messageStreamId }: PublishingConnection): void {
    const stream = new StreamWriter({ kbps, chunkBytes, messageStreamId });
    socket.write(stream.headers());
    const sendDue = (): void => {
      const nowMs = monotonicMs();
      while (stream.dueAtMs <= nowMs) socket.write(stream.next(nowMs));
      setTimeout(sendDue, Math.max(1, stream.dueAtMs - nowMs));
    };
    sendDue();
  }
}

answerParent<EncodersOrder>((order) => start(order));
