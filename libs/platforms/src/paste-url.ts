import type { Platform } from '#contracts';

export interface UrlParts {
  readonly scheme: 'rtmp' | 'rtmps';
  /** Host and port as typed. */
  readonly authority: string;
  readonly host: string;
  readonly port: number;
  /** All behind the first slash. */
  readonly path: string;
}

type Hosting = Pick<Platform, 'servers' | 'backupServers' | 'hosts'>;
type Splitting = Pick<Platform, 'servers' | 'backupServers' | 'appWhenMissing' | 'keyPrefixes'>;

/** A path, cut; `key` is empty where it has none. */
export interface PathCut {
  readonly app: string;
  readonly key: string;
  /** The app was not in the paste. */
  readonly added: boolean;
  /** Nothing but the order of the parts says what the key is. */
  readonly guessed: boolean;
}

const DEFAULT_PORT = { rtmp: 1935, rtmps: 443 } as const;
const PORT_MAX = 65_535;
const URL_SHAPE = /^(rtmps?):\/\/([^/]*)(?:\/(.*))?$/is;
const HOST_SHAPE = /^(?:\[([0-9a-f:.]+)\]|([\w.-]+))(?::(\d{1,5}))?$/i;

/** The parts of a URL, or the sentence that says why it is none. */
export function cutUrl(url: string): UrlParts | string {
  const [, schemeText = '', authority = '', path = ''] = URL_SHAPE.exec(url) ?? [];
  const scheme = schemeText.toLowerCase() === 'rtmps' ? 'rtmps' : 'rtmp';
  if (authority === '') return 'The server URL names no server behind its // .';
  if (authority.includes('@')) {
    return 'The server URL must not contain a user name or password before the host.';
  }
  const [matched, address, name, portText] = HOST_SHAPE.exec(authority) ?? [];
  if (matched === undefined) return 'The server name in the URL is no name and no IP address.';
  const port = portText === undefined ? DEFAULT_PORT[scheme] : Number(portText);
  if (port < 1 || port > PORT_MAX) return `The port in the URL is not between 1 and ${PORT_MAX}.`;
  return { scheme, authority, host: address ?? name ?? '', port, path };
}

export function serversOf(preset: Pick<Platform, 'servers' | 'backupServers'>) {
  return [...preset.servers, ...preset.backupServers];
}

/** The platforms that a host may belong to, the likeliest first. */
export function hostOwners<Preset extends Hosting>(
  host: string,
  presets: readonly Preset[],
): Preset[] {
  const wanted = host.toLowerCase().replace(/\.$/, '');
  const exact = presets.filter((preset) =>
    serversOf(preset).some(({ url }) => hostOf(url) === wanted),
  );
  if (exact.length > 0) return exact;
  const length = (preset: Preset): number =>
    Math.max(
      0,
      ...preset.hosts
        .filter((suffix) => wanted === suffix || wanted.endsWith(`.${suffix}`))
        .map((suffix) => suffix.length),
    );
  return presets
    .filter((preset) => length(preset) > 0)
    .sort((one, other) => length(other) - length(one));
}

function hostOf(url: string): string {
  const parts = cutUrl(url);
  return typeof parts === 'string' ? '' : parts.host.toLowerCase();
}

/** Whether this is one of the servers, but for slashes at its end. */
export function isServer(url: string, servers: Platform['servers']): boolean {
  const bare = withoutEndSlashes(url);
  return servers.some((server) => withoutEndSlashes(server.url) === bare);
}

/** The first server of each host, by the host's name. */
export function knownServers(presets: readonly Hosting[]): ReadonlyMap<string, UrlParts> {
  const known = new Map<string, UrlParts>();
  for (const { url } of presets.flatMap(serversOf)) {
    const parts = cutUrl(url);
    if (typeof parts === 'string') continue;
    const host = parts.host.toLowerCase();
    if (!known.has(host)) known.set(host, parts);
  }
  return known;
}

/** The whole URL, where a text begins with the host of a known server and has no scheme. */
export function withScheme(text: string, known: ReadonlyMap<string, UrlParts>): string | undefined {
  const [, host = '', rest = ''] = /^([\w.-]+)((?:[:/].*)?)$/s.exec(text) ?? [];
  const parts = known.get(host.toLowerCase());
  if (parts === undefined) return undefined;
  return `${parts.scheme}://${rest.startsWith(':') ? host : parts.authority}${rest}`;
}

/** The app of a URL whose key stands apart from it. */
export function appIn(path: string, key: string, owner: Splitting | undefined): PathCut {
  const kept = { key, added: false, guessed: false };
  if (path === key || path.endsWith(`/${key}`)) {
    const cut = splitPath(path, owner);
    if (cut.key === key) return cut;
  }
  const app = withoutEndSlashes(path);
  const added = app === '' && owner?.appWhenMissing;
  return added ? { ...kept, app: added, added: true } : { ...kept, app };
}

/** App and key of a URL that has its key at the end. The key keeps its query. */
export function splitPath(path: string, owner: Splitting | undefined): PathCut {
  const sure = { added: false, guessed: false };
  for (const app of owner === undefined ? [] : appsOf(owner)) {
    if (withoutEndSlashes(path) === app) return { ...sure, app, key: '' };
    if (path.startsWith(`${app}/`)) return { ...sure, app, key: path.slice(app.length + 1) };
  }
  const { appWhenMissing = null, keyPrefixes = [] } = owner ?? {};
  if (appWhenMissing !== null && keyPrefixes.some((prefix) => path.startsWith(prefix))) {
    return { app: appWhenMissing, key: path, added: true, guessed: false };
  }
  return splitAnyPath(path);
}

/** Longest first: `live2?backup=1` before `live2`. */
function appsOf(owner: Splitting): string[] {
  const apps = serversOf(owner).map(({ url }) => {
    const parts = cutUrl(url);
    return typeof parts === 'string' ? '' : withoutEndSlashes(parts.path);
  });
  return [...new Set(apps)]
    .filter((app) => app !== '')
    .sort((one, other) => other.length - one.length);
}

/** The one instance name that is never a key (Wowza and its kin); other names in _ may be keys. */
const INSTANCE = /^_definst_$/;

/**
 * The last part is the key, with its query. An app with a query of its own (`live?vhost=a/key`)
 * ends at the first slash behind it.
 */
function splitAnyPath(path: string): PathCut {
  const queryAt = path.indexOf('?');
  const plain = queryAt < 0 ? withoutEndSlashes(path) : path.slice(0, queryAt);
  const slashAt = plain.lastIndexOf('/');
  const none = { app: withoutEndSlashes(path), key: '', added: false, guessed: false };
  if (slashAt < 0) {
    const behindQuery = queryAt < 0 ? -1 : path.indexOf('/', queryAt);
    if (behindQuery < 0) return none;
    const key = path.slice(behindQuery + 1);
    return { app: path.slice(0, behindQuery), key, added: false, guessed: true };
  }
  const key = queryAt < 0 ? plain.slice(slashAt + 1) : path.slice(slashAt + 1);
  if (INSTANCE.test(key)) return none;
  const app = path.slice(0, slashAt);
  return { app, key, added: false, guessed: app.includes('/') && !INSTANCE.test(lastPart(app)) };
}

const lastPart = (app: string): string => app.slice(app.lastIndexOf('/') + 1);

/** A query may end in a slash that is its own. */
function withoutEndSlashes(path: string): string {
  return path.includes('?') ? path : path.replace(/\/+$/, '');
}
