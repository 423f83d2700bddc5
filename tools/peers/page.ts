import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format } from 'prettier';
import { rowOf } from '../../test/faults/matrix/rows.ts';
import { table } from '../faults/markdown.ts';
import { REPOSITORY } from '../services/repository.ts';
import { nginxRtmpBlock } from './nginx-server.ts';
import { nodeMediaConfiguration } from './node-media-server.ts';
import type { PeerOutcome } from './outcome.ts';
import { isFor } from './peer-row.ts';
import type { PeerRow } from './peer-row.ts';
import { PEER_ROWS } from './peer-rows.ts';
import { SERVER_NAMES } from './place.ts';
import type { PeerServer, ServerName } from './place.ts';

const DATA = join(REPOSITORY, 'docs', 'peers.json');
const PAGE = join(REPOSITORY, 'docs', 'peers.md');

/** What was seen of one server, and of which version. */
export interface KeptServer extends Pick<PeerServer, 'name' | 'version' | 'pushes'> {
  /** Of its newest row, as 2026-11-22. */
  readonly date: string;
  readonly outcomes: readonly PeerOutcome[];
}

export type KeptPeers = readonly KeptServer[];

/** Empty where nothing was ever written. */
export async function readKept(): Promise<KeptPeers> {
  return JSON.parse(await readFile(DATA, 'utf8').catch(() => '[]')) as KeptPeers;
}

/** Rows that did not run this time keep what was seen of them in the same version. */
export function mergeKept(
  kept: KeptPeers,
  now: {
    readonly server: Pick<PeerServer, 'name' | 'version' | 'pushes'>;
    readonly date: string;
    readonly outcomes: readonly PeerOutcome[];
  },
): KeptPeers {
  const { name, version, pushes } = now.server;
  const before = kept.find((one) => one.name === name && one.version === version);
  const ran = new Set(now.outcomes.map(({ row }) => row));
  const old = (before?.outcomes ?? []).filter(({ row }) => !ran.has(row));
  const outcomes = [...old, ...now.outcomes].toSorted((one, two) => one.row - two.row);
  const server = { name, version, pushes, date: now.date, outcomes };
  const others = kept.filter((one) => one.name !== name);
  const order = (one: { readonly name: ServerName }) => SERVER_NAMES.indexOf(one.name);
  return [...others, server].toSorted((one, two) => order(one) - order(two));
}

export async function writeKept(kept: KeptPeers): Promise<void> {
  await writeFile(DATA, await format(JSON.stringify(kept), { parser: 'json', printWidth: 100 }));
}

export async function writePage(kept: KeptPeers): Promise<void> {
  await writeFile(PAGE, pageOf(kept));
}

/** docs/peers.md, of what is kept. */
export function pageOf(kept: KeptPeers): string {
  const head = ['#', 'Fault', ...kept.map(({ name }) => name)];
  const rows = PEER_ROWS.map((row) => [
    String(row.number),
    rowOf(row.number).fault,
    ...kept.map((server) => cellOf(server, row)),
  ]);
  return [
    ...INTRODUCTION,
    ...kept.map(({ name, version, date }) => `- ${name} ${version}, ${date}`),
    '',
    '## The table',
    '',
    '`–`: not asked, as it pushes nothing here, or as its makers are to be told first of what',
    'would be seen. `!`: what was hoped for did not come to pass.',
    '',
    ...table([head, ...rows]),
    '',
    ...HOW_IT_IS_ASKED,
    '## As configured here',
    '',
    'nginx-rtmp, one process for each row, and no `exec`, `record` or `notify`:',
    '',
    '```nginx',
    nginxRtmpBlock('<port>', ['<healthy>', '<faulty>']),
    '```',
    '',
    'Node-Media-Server, started by its own `bin/app.js`:',
    '',
    '```json',
    JSON.stringify(nodeMediaConfiguration('<port>', '<port>'), null, 2),
    '```',
    '',
    'Forkcast: as `npm start` has it, with destinations of the loopback network allowed.',
    '',
  ].join('\n');
}

function cellOf(server: KeptServer, row: PeerRow): string {
  if (!isFor(row, server)) return '–';
  const outcome = server.outcomes.find((one) => one.row === row.number);
  if (outcome === undefined) return 'not yet asked';
  return outcome.isGood ? outcome.words : `! ${outcome.words}`;
}

const INTRODUCTION = [
  '# Others by the same test',
  '',
  'Rows of [the fault matrix](faults.md) that can be put to any server that takes RTMP, put to',
  'Forkcast and to two others with the same bytes and the same judge. Written by',
  '`npm run peers -- --write`; `npm run peers -- --rows 1-3 --only nginx-rtmp` asks one of them',
  'again. A test holds this page against [what was seen](peers.json).',
  '',
  'The others were made for other ends, and are good at these: nginx-rtmp takes streams and passes',
  'them on with little processor time, Node-Media-Server is a small server for players. Each is',
  'asked as it is configured below, with everything else as it comes; another configuration, or a',
  'process manager around it, may well answer otherwise. One run on one machine, which had other',
  'work as well, is no statistic: times are those of that run.',
  '',
];

const HOW_IT_IS_ASKED = [
  '## How it is asked',
  '',
  '- In each row an encoder that does nothing wrong sends 300 kbit/s (rows 5 and 6: 8 Mbit/s),',
  '  each frame with its number, to a healthy destination that counts what comes. The fault is',
  '  beside it. `loses n frames` speaks of that stream, and so does `cuts the encoder`.',
  '- Timestamps that fall by less than 100 ms, between sound and picture, are no fault; those',
  '  of headers are not looked at.',
  '- Node-Media-Server is asked as a server for players: one of them, of FLV over HTTP, stands in',
  '  the place of the healthy destination. It can push as well, by its API; this is not asked yet.',
  '- `its process died` means that one process and all streams in it. nginx is run without its',
  '  master here, which would start another worker; so would a process manager.',
  '- `grows by n MB` is said from 64 MB on. In row 35 some 2 GB are announced, and 34 KB sent.',
  '- `closed after` is said of the last of several. Whoever does nothing is given 100 s,',
  '  which is more than the minute that is a usual deadline.',
  '- Row 20: less than twice a minute is what Forkcast promises; more than three times in 20 s',
  '  gets a `!`. Rows 36 and 37 ask only that nobody else is harmed.',
  '',
];
