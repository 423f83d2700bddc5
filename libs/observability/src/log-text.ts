/** Longest part of a string from outside that may reach a log line. */
export const REMOTE_TEXT_CHARS_MAX = 200;

/**
 * A URL up to its end. `file:` is left alone: stack traces are made of it. The character class
 * stops where JSON does (quote, backslash), because whole serialised lines pass through here.
 */
const URL_PATTERN = /\b(?!file:)([a-z][a-z0-9+.-]*:\/\/)([^\s"'\\<>]*)/gi;

/** An ingest key or publish link, wherever it stands, with at least eight of its characters. */
const INGEST_KEY_PATTERN = /\b(fcl?_)[A-Za-z0-9_-]{8,}/g;

/** C0 and C1 controls, and the characters that reorder what a terminal shows. */
const UNPRINTABLE_PATTERN = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/**
 * Reduces every URL to `scheme://host` and masks ingest keys: stream keys live in paths and
 * queries, passwords before the `@`, and neither can be found by the name of a field.
 */
export function reduceUrls(text: string): string {
  return text
    .replace(URL_PATTERN, (_url, scheme: string, rest: string) => scheme + hostOf(rest))
    .replace(INGEST_KEY_PATTERN, '$1***');
}

/** What follows the scheme, without user, path, query and fragment. */
function hostOf(rest: string): string {
  const authority = rest.split(/[/?#]/, 1)[0] ?? '';
  return authority.slice(authority.lastIndexOf('@') + 1);
}

/** Makes a string from outside fit for a log line: control characters visible, length capped. */
export function remoteText(text: string): string {
  const capped =
    text.length <= REMOTE_TEXT_CHARS_MAX ? text : `${text.slice(0, REMOTE_TEXT_CHARS_MAX)}…`;
  return capped.replace(
    UNPRINTABLE_PATTERN,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
