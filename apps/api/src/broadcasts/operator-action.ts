/** What a request did, as the timeline of its stream tells it. */
export interface OperatorAction {
  readonly code: string;
  /** Is put behind the name of the destination, or stands by itself. */
  readonly deed: string;
}

/** What is known of a request once it was done. */
export interface DoneRequest {
  readonly method: string;
  /** With the names of its parameters: `/api/v1/destinations/:id/stop`. */
  readonly path: string;
  readonly body: unknown;
}

type Tell = (body: Readonly<Record<string, unknown>>) => OperatorAction;

const TELL: Readonly<Record<string, Tell>> = {
  'POST streams/:id/end': ({ cut }) => ({
    code: 'BROADCAST_END_ASKED',
    deed:
      cut === true ? 'The broadcast was told to end at once.' : 'The broadcast was told to end.',
  }),
  'POST streams/:id/switch-input': () => ({
    code: 'INPUT_SWITCH_ASKED',
    deed: 'The stream was told to switch its input.',
  }),
  'PATCH streams/:id': (body) => ({
    code: 'STREAM_CHANGED',
    deed: `Settings of the stream were changed: ${fieldsOf(body)}.`,
  }),
  'PUT streams/:id/ingest-rules': (body) => ({
    code: 'STREAM_CHANGED',
    deed: `Rules for encoders were changed: ${fieldsOf(body)}.`,
  }),
  'POST streams/:id/rotate-key': () => ({
    code: 'KEY_ROTATED',
    deed: 'The stream was given a new stream key.',
  }),
  'DELETE streams/:id/keys/:keyId': () => ({
    code: 'KEY_REVOKED',
    deed: 'A stream key was revoked.',
  }),
  'PUT streams/:id/slate': () => ({ code: 'SLATE_CHANGED', deed: 'The slate was changed.' }),
  'DELETE streams/:id/slate': () => ({ code: 'SLATE_REMOVED', deed: 'The slate was removed.' }),
  'POST streams/:id/destinations': () => ({ code: 'DESTINATION_ADDED', deed: 'was added.' }),
  'PATCH destinations/:id': (body) => ({
    code: 'DESTINATION_CHANGED',
    deed: changeOf(body),
  }),
  'DELETE destinations/:id': () => ({ code: 'DESTINATION_REMOVED', deed: 'was removed.' }),
  'POST destinations/:id/start': () => ({ code: 'PUSH_START_ASKED', deed: 'was told to start.' }),
  'POST destinations/:id/stop': ({ cut }) => ({
    code: 'PUSH_STOP_ASKED',
    deed: cut === true ? 'was told to stop at once.' : 'was told to stop.',
  }),
  'POST destinations/:id/retry': () => ({
    code: 'PUSH_RETRY_ASKED',
    deed: 'was told to try again now.',
  }),
};

/** Undefined for requests of which timelines do not tell. */
export function operatorActionOf({ method, path, body }: DoneRequest): OperatorAction | undefined {
  const route = `${method} ${path.replace(/^\/api\/v\d+\//, '')}`;
  const tell = Object.hasOwn(TELL, route) ? TELL[route] : undefined;
  return tell?.(isFields(body) ? body : {});
}

/** A switch is told by where it stands now; what else there is, by its name. */
function changeOf({ enabled, ...rest }: Readonly<Record<string, unknown>>): string {
  if (typeof enabled !== 'boolean') return `was changed: ${itsFields(rest)}.`;
  const deed = enabled ? 'was switched on' : 'was switched off';
  return Object.keys(rest).length === 0 ? `${deed}.` : `${deed}, and changed: ${itsFields(rest)}.`;
}

const NOTHING = 'nothing';

/** How people call what a field holds, where that is not its name. */
const FIELD_WORDS: Readonly<Record<string, string>> = {
  allowedCidrs: 'allowed addresses',
  authorise: 'callback',
  backupAfter: 'failures before the backup server',
  backupUrl: 'backup server',
  certificateSha256: 'pinned certificate',
  delaySeconds: 'delay',
  endOnUnpublish: 'end on a clean goodbye',
  graceSeconds: 'grace period',
  kbpsMax: 'highest bitrate',
  resume: 'way back after an outage',
  takeover: 'rule for a second encoder',
  url: 'server',
};

function itsFields(body: Readonly<Record<string, unknown>>): string {
  const fields = fieldsOf(body);
  return fields === NOTHING ? fields : `its ${fields}`;
}

/** Names alone: what they were set to may be a key. */
function fieldsOf(body: Readonly<Record<string, unknown>>): string {
  const names = Object.keys(body).filter((name) => /^[A-Za-z0-9]{1,40}$/.test(name));
  const [last, ...before] = names.map(wordsOf).reverse();
  if (last === undefined) return NOTHING;
  return before.length === 0 ? last : `${before.reverse().join(', ')} and ${last}`;
}

/** `streamKey` is the `stream key`. */
function wordsOf(name: string): string {
  if (Object.hasOwn(FIELD_WORDS, name)) return FIELD_WORDS[name] ?? name;
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function isFields(body: unknown): body is Readonly<Record<string, unknown>> {
  return typeof body === 'object' && body !== null && !Array.isArray(body);
}
