import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { CodedError, sentenceOf } from '#kernel';
import { openDatabase, type Database } from '#persistence';
import { masterKeySource } from '#process';
import { keptKeyIds, loadMasterKey, masterKeyFile, removeKeptKey, rotateKeyFile } from '#vault';
import { countUses, resealAll } from './keys/reseal.ts';
import { readSettings, type Settings } from './lifecycle/settings.ts';
import { LOOPBACK } from './services/loopback-port.ts';
import { REPOSITORY } from './services/repository.ts';

/**
 * `npm run rotate-master-key`: a new master key, under which all that is sealed is sealed anew,
 * while Forkcast runs. The key before is kept beside it; `-- --retire` removes kept keys that
 * nothing needs any more. A key that is given by FORKCAST_MASTER_KEY is the operator's to replace:
 * then the new one is set, the old one in FORKCAST_MASTER_KEY_PREVIOUS, and this seals anew.
 */
const { values: options } = parseArgs({
  options: {
    retire: { type: 'boolean', default: false },
    'reseal-only': { type: 'boolean', default: false },
  },
});

/** Processes that run look at the key's file once a second. */
const SEEN_BY_ALL_MS = 3_000;
const ANSWER_WITHIN_MS = 5_000;

const say = (line: string): void => void process.stdout.write(`forkcast: ${line}\n`);

async function main(): Promise<void> {
  const settings = readSettings(process.env, REPOSITORY);
  const source = masterKeySource({ ...process.env, FORKCAST_DATA_DIR: settings.dataDirectory });
  // None is made here: this is no first start.
  const file = source.value === undefined ? masterKeyFile(source) : undefined;
  if (file !== undefined) await readFile(file).catch(noKeyYet);
  const database = openDatabase({ url: await databaseUrl(settings) });
  try {
    await database.ping(ANSWER_WITHIN_MS).catch(() => {
      throw new CodedError('DATABASE_UNAVAILABLE', 'the database does not answer: npm start first');
    });
    if (options.retire) await retire(database, file);
    else await rotate(database, file, source);
  } finally {
    await database.close();
  }
}

async function rotate(
  database: Database,
  file: string | undefined,
  source: Parameters<typeof loadMasterKey>[0],
): Promise<void> {
  if (file !== undefined && !options['reseal-only']) {
    const { oldId, newId, keptAs } = await rotateKeyFile(file);
    say(`the new master key ${newId} is in ${file}; ${oldId} is kept in ${keptAs}`);
    await wait(SEEN_BY_ALL_MS);
  }
  const master = await loadMasterKey(source);
  const { sealed } = database.system;
  const first = await resealAll(sealed, master);
  // For what was sealed between the look at a file and the write of a row.
  await wait(SEEN_BY_ALL_MS);
  const second = await resealAll(sealed, master);
  const resealed = first.resealed + second.resealed;
  await sealed.noteKey(master.id, resealed);
  say(`${resealed} values are sealed under ${master.id} now`);
  if (second.unreadable.length > 0) {
    const rows = second.unreadable.map((one) => `  ${one}`).join('\n');
    throw new CodedError('SEALED_BY_ANOTHER_KEY', `no key that is here opens:\n${rows}`);
  }
  if (file !== undefined) {
    say('copies of the database made before need the old key; keep it as long as you keep them,');
    say('then: npm run rotate-master-key -- --retire');
  }
}

async function retire(database: Database, file: string | undefined): Promise<void> {
  if (file === undefined) {
    say('the keys before are in FORKCAST_MASTER_KEY_PREVIOUS: take them out there');
    return;
  }
  const { sealed } = database.system;
  const uses = await countUses(sealed, keptKeyIds(file));
  if (uses.size === 0) say('there are no keys before this one');
  for (const [id, count] of uses) {
    if (count > 0) {
      say(`${id} stays: ${count} values need it; npm run rotate-master-key seals them anew`);
      process.exitCode = 1;
      continue;
    }
    await removeKeptKey(file, id);
    await sealed.noteRetired(id);
    say(`${id} is removed: nothing in the database needs it`);
  }
}

function noKeyYet(cause: unknown): never {
  throw new CodedError('MASTER_KEY_UNREADABLE', 'there is no master key yet: npm start first', {
    cause,
  });
}

async function databaseUrl({ databaseUrl: given, dataDirectory }: Settings): Promise<string> {
  if (given !== undefined) return given;
  const read = (name: string) => readFile(join(dataDirectory, 'postgres', name), 'utf8');
  const [port, password] = await Promise.all([read('port'), read('password')]).catch(noKeyYet);
  return `postgresql://forkcast:${password.trim()}@${LOOPBACK}:${port.trim()}/postgres`;
}

try {
  await main();
} catch (thrown) {
  if (!(thrown instanceof CodedError)) throw thrown;
  process.stderr.write(`forkcast: ${sentenceOf(thrown)}\n`);
  process.exitCode = 1;
}
