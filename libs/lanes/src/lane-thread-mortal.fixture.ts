import { parentPort } from 'node:worker_threads';
import { ServerSession } from '#rtmp';
import './lane.worker.ts';
import type { ThreadCommand } from './messages.ts';
import { POISON } from './poison.fixture.ts';

/**
 * A lane as it is, that a test can kill: an order to cut an ingest that is called so does it, and
 * so does an encoder that sends poison.
 */

const feed = ServerSession.prototype.feed;
ServerSession.prototype.feed = function survive(bytes: Buffer): void {
  while (bytes.includes(POISON));
  feed.call(this, bytes);
};

parentPort?.on('message', (command: ThreadCommand) => {
  if (command.kind !== 'cut-ingest') return;
  switch (command.ingestId) {
    case 'throw':
      throw new Error('thrown in a lane');
    case 'memory':
      leak(undefined);
      return;
    case 'busy':
      for (;;);
  }
});

/** Held for ever: a chain, because one list that grows is copied whole, which may be too much. */
interface Held {
  readonly texts: readonly string[];
  readonly before: Held | undefined;
}

/**
 * Turn by turn and in small pieces, as leaks do. All in one turn, or in one large piece, Node now
 * and then fails to contain: it has 16 MB more room for the end, and what does not fit in there
 * ends the process.
 */
function leak(before: Held | undefined): void {
  const texts = Array.from({ length: 500 }, (_, count) => `${count} ${Math.random()}`);
  setImmediate(leak, { texts, before });
}
