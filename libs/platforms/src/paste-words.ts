import type { Platform } from '#contracts';
import { isServer, knownServers, serversOf, withScheme } from './paste-url.ts';

/** What a paste holds, sorted by what it may be. */
export interface PasteWords {
  readonly urls: readonly string[];
  /** The scheme of the first URL was not in the paste. */
  readonly schemeAdded: boolean;
  /** What stands apart from the URLs and may be the key: nothing, one word, or several. */
  readonly keys: readonly string[];
  /** Of a URL that is not RTMP. */
  readonly foreignScheme: string | undefined;
  readonly invisible: boolean;
}

type Naming = Pick<Platform, 'id' | 'name' | 'servers' | 'backupServers' | 'hosts'>;

interface Word {
  readonly text: string;
  /** The word before it, on the line before where need be. */
  readonly before: string;
  /** Alone on its line. */
  readonly alone: boolean;
  readonly last: boolean;
}

const QUOTES = ['""', "''", '``', '“”', '„“', '‘’', '«»', '<>'] as const;
const URL_START = /^(?:[\p{L}_-]+[:=])?(rtmps?:\/\/.*)$/iu;
const OTHER_SCHEME = /^(?:[\p{L}_-]+[:=])?(srt|https?|rtmp[a-z]+|rtsp|whip|udp):\/\//iu;
/** A URL without a comma in it, and behind one what may be the key. */
const GLUED = /^(rtmps?:\/\/[^/]+\/[^,;|]*[^/,;|])[,;|]([^/?]+(?:\?.*)?)$/i;
const ONLY_AN_APP = /^rtmps?:\/\/[^/]+\/[^/]+$/i;
const KEY_WITH_LABEL = /^(?:stream[-_]?)?key[:=](.+)$/i;
const KEY_LABEL = /^(?:stream[-_]?)?key[:=]?$/i;
const PUNCTUATION = /^[,;|:=>/–—→-]+$/;
const LABELS: ReadonlySet<string> = new Set(
  (
    'server url stream key streamkey stream-key rtmp rtmps primary backup secondary main ingest ' +
    'ingestion address endpoint name service custom encoder your the and is fms publish point ' +
    'path location secure of for obs value'
  ).split(' '),
);

/** @param presets Names of platforms are labels, and their servers are known without a scheme. */
export function wordsOf(text: string, presets: readonly Naming[]): PasteWords {
  const visible = text.replace(/\p{Cf}/gu, '');
  const words = wordsIn(visible.replace(/[^\P{Cc}\r\n]/gu, ' '));
  const found = { urls: [] as string[], rest: [] as Word[] };
  const schemeAdded = !words.some((word) => URL_START.test(word.text));
  const known = knownServers(schemeAdded ? presets : []);
  let foreignScheme: string | undefined;
  for (const word of words) {
    const url = schemeAdded ? withScheme(word.text, known) : URL_START.exec(word.text)?.[1];
    if (url !== undefined && (!schemeAdded || found.urls.length === 0)) {
      found.urls.push(word.last ? url : url.replace(/[,;]+$/, ''));
    } else if (OTHER_SCHEME.test(word.text)) {
      foreignScheme ??= OTHER_SCHEME.exec(word.text)?.[1]?.toLowerCase();
    } else {
      found.rest.push(word);
    }
  }
  const names = new Set(presets.flatMap(({ id, name }) => [id, ...name.toLowerCase().split(' ')]));
  const keys = keysAmong(found.rest, names);
  const [, head = '', tail = ''] = (keys.length === 0 && GLUED.exec(found.urls[0] ?? '')) || [];
  const glued =
    ONLY_AN_APP.test(head) || (head !== '' && isServer(head, presets.flatMap(serversOf)));
  return {
    urls: glued ? [head, ...found.urls.slice(1)] : found.urls,
    keys: glued ? [tail] : keys,
    schemeAdded,
    foreignScheme,
    invisible: visible !== text,
  };
}

function wordsIn(text: string): Word[] {
  const lines = unquoted(text)
    .split(/[\r\n]+/)
    .map((line) => unquoted(line).split(/\s+/).map(unquoted).filter(Boolean));
  const all = lines.flatMap((line) => line.map((word) => ({ word, alone: line.length === 1 })));
  return all.map(({ word, alone }, index) => ({
    text: word,
    before: all[index - 1]?.word ?? '',
    alone,
    last: index === all.length - 1,
  }));
}

/** Without quotes that stand around the whole of it. */
function unquoted(text: string): string {
  const trimmed = text.trim();
  const inside = trimmed.slice(1, -1);
  const isQuoted = QUOTES.some(
    ([open = '', close = '']) =>
      trimmed.startsWith(open) && trimmed.endsWith(close) && !inside.includes(close),
  );
  return isQuoted && inside !== '' ? unquoted(inside) : trimmed;
}

function isLabel({ text, last }: Word, names: ReadonlySet<string>): boolean {
  if (PUNCTUATION.test(text) || (text.endsWith(':') && !last)) return true;
  const plain = text.toLowerCase().replace(/^[([]+|[)\],;:=]+$/g, '');
  return LABELS.has(plain) || names.has(plain);
}

/** A comma between two words is no part of the first. */
function valueOf({ text, alone, last }: Word): string {
  const value = KEY_WITH_LABEL.exec(text)?.[1] ?? text;
  return alone || last ? value : value.replace(/[,;]$/, '');
}

function keysAmong(rest: readonly Word[], names: ReadonlySet<string>): string[] {
  const others = rest.filter((word) => !isLabel(word, names));
  if (others.length === 0) return keyThatIsALabel(rest);
  const likely = [
    others.filter((word) => KEY_WITH_LABEL.test(word.text) || KEY_LABEL.test(word.before)),
    others.filter(({ before }) => /[:=]$/.test(before)),
    others.filter(({ alone }) => alone),
  ].find((words) => words.length > 0);
  const keys = others.length === 1 ? others : (likely ?? others);
  return keys.map(valueOf);
}

/** Small servers of one's own have keys such as `stream`, which then come last. */
function keyThatIsALabel(rest: readonly Word[]): string[] {
  const last = rest.at(-1);
  if (last?.last !== true) return [];
  const isWord = !PUNCTUATION.test(last.text) && !last.text.endsWith(':');
  return last.alone || (isWord && rest.length === 1) ? [last.text] : [];
}
