import { CodedError, sentenceOf } from '#kernel';
import { buildWhenStale } from './lifecycle/product-build.ts';
import { startForkcast } from './peers/forkcast-server.ts';
import { startNginx } from './peers/nginx-server.ts';
import { startNodeMedia } from './peers/node-media-server.ts';
import type { PeerOutcome } from './peers/outcome.ts';
import { mergeKept, readKept, writeKept, writePage } from './peers/page.ts';
import { readPeersOptions } from './peers/peers-options.ts';
import { isFor } from './peers/peer-row.ts';
import type { PeerRow } from './peers/peer-row.ts';
import { PEER_ROWS, putRow } from './peers/peer-rows.ts';
import type { PeerServer, ServerName } from './peers/place.ts';
import { REPOSITORY } from './services/repository.ts';
import { providePrograms, REDIS, TEST_PROGRAMS } from './services/system-programs.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const START: Readonly<Record<ServerName, () => Promise<PeerServer>>> = {
  Forkcast: async () => {
    await buildWhenStale(REPOSITORY, (line) => say(`forkcast: ${line}`));
    return startForkcast();
  },
  'nginx-rtmp': startNginx,
  'node-media-server': startNodeMedia,
};

/**
 * `npm run peers [-- --rows 1-3 --only nginx-rtmp --write]`: puts rows of the fault matrix to
 * Forkcast and to others, one server after the other, and prints what became of them.
 */
async function main(parameters: readonly string[]): Promise<void> {
  const options = readPeersOptions(
    parameters,
    PEER_ROWS.map(({ number }) => number),
  );
  const rows = PEER_ROWS.filter(({ number }) => options.rows.has(number));
  await providePrograms([REDIS, ...TEST_PROGRAMS], REPOSITORY);
  for (const name of options.servers) {
    const server = await START[name]();
    try {
      say(`${server.name} ${server.version}`);
      const outcomes = await putAll(
        rows.filter((row) => isFor(row, server)),
        server,
      );
      if (options.isWritten) {
        const date = new Date().toISOString().slice(0, 10);
        const kept = mergeKept(await readKept(), { server, date, outcomes });
        await writeKept(kept);
        await writePage(kept);
      }
    } finally {
      await server.close();
    }
  }
}

/** As many at a time as the server allows. */
async function putAll(rows: readonly PeerRow[], server: PeerServer): Promise<PeerOutcome[]> {
  const left = [...rows];
  const outcomes: PeerOutcome[] = [];
  const work = async (): Promise<void> => {
    for (let row = left.shift(); row !== undefined; row = left.shift()) {
      try {
        const outcome = await putRow(row, server);
        outcomes.push(outcome);
        say(`${outcome.isGood ? '  ' : ' !'} ${String(row.number).padStart(2)} ${outcome.words}`);
      } catch (thrown) {
        say(` ? ${String(row.number).padStart(2)} could not be put: ${sentenceOf(thrown)}`);
        process.exitCode = 1;
      }
    }
  };
  await Promise.all(Array.from({ length: server.rowsAtOnce }, work));
  return outcomes;
}

try {
  await main(process.argv.slice(2));
} catch (thrown) {
  if (!(thrown instanceof CodedError)) throw thrown;
  process.stderr.write(`forkcast: ${thrown.message}\n`);
  process.exitCode = 1;
}
