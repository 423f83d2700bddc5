import type { Platform } from '#contracts';
import { PASTE_CHARACTERS_MAX } from '#control';
import type { DestinationSplit } from '#control';
import { keyFault, keyWarnings, schemeWarnings } from './destination-advice.ts';
import type { AdvisingPreset } from './destination-advice.ts';
import { appIn, cutUrl, hostOwners, isServer, splitPath } from './paste-url.ts';
import type { UrlParts } from './paste-url.ts';
import { wordsOf } from './paste-words.ts';

const URL_CHARACTERS_MAX = 2048;
const KEY_CHARACTERS_MAX = 1024;

type PasteWarning = DestinationSplit['warnings'][number];

export type PasteFaultCode = 'PASTE_UNREADABLE' | 'KEY_MISSING' | 'URL_MISSING';
export interface PasteFault {
  readonly ok: false;
  readonly code: PasteFaultCode;
  /** One sentence for a person; never a part of the key. */
  readonly message: string;
}
export type PasteResult = { readonly ok: true; readonly split: DestinationSplit } | PasteFault;

/** The part of a preset that reading a paste needs. */
export type PastePreset = AdvisingPreset & Pick<Platform, 'appWhenMissing'>;

/**
 * Reads what people paste: a URL with its key at the end, or URL and key apart, with labels, quotes
 * and invisible characters around them. App and key are cut out of the text, never encoded anew:
 * `url`, `/` and `streamKey` give the pasted URL again. It never throws. `chosen` is the id of the
 * platform that the form shows.
 */
export function parseDestinationPaste(
  text: string,
  presets: readonly PastePreset[],
  chosen?: string,
): PasteResult {
  if (text.length > PASTE_CHARACTERS_MAX) {
    return unreadable(`This is longer than ${PASTE_CHARACTERS_MAX} characters.`);
  }
  const words = wordsOf(text, presets);
  const [first, ...others] = words.urls;
  if (first === undefined) return noUrl(words.foreignScheme);
  const [key, ...otherKeys] = words.keys;
  if (otherKeys.length > 0) return unreadable(SEVERAL_KEYS);
  const parts = cutUrl(first);
  if (typeof parts === 'string') return unreadable(parts);
  const owners = hostOwners(parts.host, presets);
  const owner = owners.find(({ id }) => id === chosen) ?? owners[0];
  const cut = key === undefined ? splitPath(parts.path, owner) : appIn(parts.path, key, owner);
  if (cut.key === '') return { ok: false, code: 'KEY_MISSING', message: KEY_MISSING };
  const url = urlOf(parts, cut.app);
  const fault = faultOf(url, cut.key);
  if (fault !== undefined) return unreadable(fault);
  const backupUrl = others.find((other) => isServer(other, owner?.backupServers ?? [])) ?? null;
  const warnings = [
    ...(words.invisible ? [INVISIBLE] : []),
    ...(words.schemeAdded ? [SCHEME_ADDED] : []),
    ...(cut.added ? [appAdded(cut.app, owner)] : []),
    ...(cut.guessed ? [SPLIT_GUESSED] : []),
    ...platformWarnings({ owners, owner, chosen, parts, key: cut.key }),
    ...(others.length > (backupUrl === null ? 0 : 1) ? [URLS_IGNORED] : []),
  ];
  const { scheme, host, port } = parts;
  const platform = owner?.id ?? 'custom';
  const where = { platform, scheme, host, port, app: cut.app, url, backupUrl };
  return { ok: true, split: { ...where, streamKey: cut.key, warnings } };
}

function urlOf({ scheme, authority }: UrlParts, app: string): string {
  const base = `${scheme}://${authority}`;
  return app === '' ? base : `${base}/${app}`;
}

const PRINTABLE = /^[\x21-\x7e]+$/;

/** What neither a URL nor a key can be. */
function faultOf(url: string, key: string): string | undefined {
  const wrongKey = keyFault(key);
  if (wrongKey !== undefined) return wrongKey.message;
  if (!PRINTABLE.test(key)) return 'The key holds characters that no stream key has.';
  if (key.length > KEY_CHARACTERS_MAX) {
    return `The key is longer than ${KEY_CHARACTERS_MAX} characters.`;
  }
  if (!PRINTABLE.test(url)) return 'The server URL holds characters that no URL has.';
  if (url.length > URL_CHARACTERS_MAX) {
    return `The server URL is longer than ${URL_CHARACTERS_MAX} characters.`;
  }
  return undefined;
}

interface Guess {
  readonly owners: readonly PastePreset[];
  readonly owner: PastePreset | undefined;
  readonly chosen: string | undefined;
  readonly parts: UrlParts;
  readonly key: string;
}

function platformWarnings({ owners, owner, chosen, parts, key }: Guess): PasteWarning[] {
  if (owner === undefined) return [];
  const names = owners.map(({ name }) => name).join(' and ');
  const isOpen = owners.length > 1 && owner.id !== chosen;
  return [
    ...(isOpen
      ? [warning('HOST_SHARED', `${names} share these servers: check the platform.`)]
      : []),
    ...schemeWarnings(owner, parts),
    ...keyWarnings(owner, key),
  ];
}

const warning = (code: string, message: string): PasteWarning => ({ code, message });

function unreadable(message: string): PasteFault {
  return { ok: false, code: 'PASTE_UNREADABLE', message };
}

function noUrl(foreignScheme: string | undefined): PasteFault {
  const message =
    foreignScheme === undefined
      ? 'There is no server URL in this: it begins with rtmp:// or rtmps://.'
      : `Forkcast pushes over RTMP and RTMPS; ${foreignScheme}:// cannot be used.`;
  return { ok: false, code: 'URL_MISSING', message };
}

function appAdded(app: string, owner: PastePreset | undefined): PasteWarning {
  const whose = owner === undefined ? 'The platform' : owner.name;
  return warning('APP_ADDED', `${whose} shows its URL without /${app}; it was added.`);
}

const KEY_MISSING =
  'The stream key is missing: paste it behind the server URL, or on a line of its own.';
const SEVERAL_KEYS =
  'Several words could be the stream key: paste server URL and key alone, on two lines.';
const SCHEME_ADDED = warning(
  'SCHEME_ADDED',
  'The server URL had no rtmp:// or rtmps://; the platform’s own was put before it.',
);
const SPLIT_GUESSED = warning(
  'SPLIT_GUESSED',
  'The last part of the URL was taken for the key: check where the app ends.',
);
const INVISIBLE = warning('INVISIBLE_REMOVED', 'Invisible characters were left out.');
const URLS_IGNORED = warning('URLS_IGNORED', 'There are several server URLs; the first was taken.');
