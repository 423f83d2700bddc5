/** Nouns that end in s and are one thing. */
const SINGULAR = new Set(['status', 'statistics', 'usage', 'audit', 'session', 'setup']);
/** Whoever asks has one; there are others of it under the plural. */
const OWN: Readonly<Record<string, string>> = {
  session: 'own-session',
  workspace: 'own-workspace',
};
const VERBS: Readonly<Record<string, string>> = { put: 'put', patch: 'change', delete: 'remove' };

/**
 * The name of a call, out of its method and path: `listStreams`, `rotateStreamKey`,
 * `replayWebhookDelivery`. `isList`: it answers with pages.
 */
export function operationName(method: string, path: string, isList: boolean): string {
  const parts = path.split('/').filter((part) => part !== '' && part !== 'api' && part !== 'v1');
  const endsInParameter = isParameter(parts.at(-1) ?? '');
  const nouns = parts
    .filter((part) => !isParameter(part))
    .map((noun) => (method === 'post' ? noun : (OWN[noun] ?? noun)));
  const last = nouns.at(-1) ?? '';
  const owners = nouns.slice(0, -1).map(singularOf);
  if (method === 'get' || method === 'head') {
    if (isList) return camel('list', ...owners, last);
    return camel('get', ...owners, endsInParameter ? singularOf(last) : last);
  }
  if (method === 'post' && !endsInParameter) {
    const isNew = isCollection(last) || owners.length === 0;
    if (isNew) return camel('create', ...owners, singularOf(last));
    const [verb = last, ...rest] = last.split('-');
    return camel(verb, ...owners, ...rest);
  }
  return camel(VERBS[method] ?? method, ...owners, endsInParameter ? singularOf(last) : last);
}

/** `rotateStreamKey`: Rotate stream key. */
export function summaryOf(name: string): string {
  const words = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function isParameter(part: string): boolean {
  return part.startsWith('{');
}

function isCollection(noun: string): boolean {
  return noun.endsWith('s') && !SINGULAR.has(noun);
}

function singularOf(noun: string): string {
  if (!isCollection(noun)) return noun;
  return noun.endsWith('ies') ? `${noun.slice(0, -3)}y` : noun.slice(0, -1);
}

function camel(first: string, ...rest: readonly string[]): string {
  const words = rest.flatMap((word) => word.split('-'));
  return first + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}
