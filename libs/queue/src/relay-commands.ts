import { relayCommandSchema } from '#contracts';
import type { RelayCommand } from '#contracts';
import type { Clock } from '#kernel';
import type { Consume, Consumer } from './job-consumer.ts';
import type { JobProducer } from './job-producer.ts';

/** A command older than this is not obeyed: "end now" must not end the next broadcast. */
export const COMMAND_LIFETIME_MS = 30_000;
const COMMANDS_AT_ONCE = 8;
const COMMAND_ATTEMPTS = 3;
const RETRY_WAIT_MS = 500;

export interface RelayCommands {
  /** Puts a command into the queue of one node. Rejects with QUEUE_UNAVAILABLE within 2 s. */
  send(nodeId: string, command: RelayCommand): Promise<void>;
  /** A handler that throws is called again, three times in all, while the command is fresh. */
  consume(nodeId: string, handle: (command: RelayCommand) => Promise<void>): Consumer;
}

/** Rings are local, so each node has a queue of its own that no other node reads. */
export const queueOf = (nodeId: string): string => `relay.${encodeURIComponent(nodeId)}`;

export function relayCommands(
  producer: JobProducer,
  consume: Consume,
  clock: Clock,
): RelayCommands {
  return {
    async send(nodeId, command) {
      const expiresAtWallMs = clock.wallMs() + COMMAND_LIFETIME_MS;
      await producer.run(queueOf(nodeId), (queue) =>
        queue.add(
          command.kind,
          { expiresAtWallMs, payload: relayCommandSchema.parse(command) },
          {
            attempts: COMMAND_ATTEMPTS,
            backoff: { type: 'fixed', delay: RETRY_WAIT_MS },
            removeOnComplete: { count: 100, age: 3600 },
            removeOnFail: { count: 100, age: 86_400 },
          },
        ),
      );
    },
    consume: (nodeId, handle) =>
      consume({
        name: queueOf(nodeId),
        payload: relayCommandSchema,
        concurrency: COMMANDS_AT_ONCE,
        handle,
      }),
  };
}
