import { monotonicMs } from '#testing';
import { answerParent } from './conversation.ts';
import { publish, StreamWriter, type Address, type PublishingConnection } from './publisher.ts';

export interface FloorOrder {
  readonly kind: 'write';
  readonly addresses: readonly Address[];
  readonly kbps: number;
  /** How long data gathers before it is written. */
  readonly beatMs: number;
}

/**
 * The floor: a Node process that does nothing but write the same bytes to every socket, once per
 * beat.
 */
async function start({ addresses, kbps, beatMs }: FloorOrder): Promise<void> {
  const connected = addresses.map(
    (address) =>
      new Promise<PublishingConnection>((onPublishing) => publish(address, { onPublishing })),
  );
  const connections = await Promise.all(connected);
  const [first] = connections;
  if (first === undefined) return;
  const stream = new StreamWriter({ kbps, messageStreamId: first.messageStreamId });
  const writeAll = (bytes: Buffer): void => {
    for (const { socket } of connections) socket.write(bytes);
  };
  writeAll(stream.headers());
  // As a relay is woken: the first message arms the beat, and what came until its end is written.
  const gathered: Buffer[] = [];
  const gather = (): void => {
    const nowMs = monotonicMs();
    while (stream.dueAtMs <= nowMs) gathered.push(stream.next(stream.dueAtMs));
  };
  const beat = (): void => {
    gather();
    writeAll(Buffer.concat(gathered));
    gathered.length = 0;
    setTimeout(() => setTimeout(beat, beatMs), Math.max(0, stream.dueAtMs - monotonicMs()));
  };
  beat();
}

answerParent<FloorOrder>((order) => start(order));
