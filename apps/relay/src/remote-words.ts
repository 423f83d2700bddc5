import { reduceUrls, remoteText } from '#observability';

/**
 * What a destination said, fit for pages, history and webhooks: cut, without controls, and with
 * every URL reduced to its server, since servers repeat what they were asked for.
 */
export function shownWords(words: string): string | null {
  const shown = remoteText(reduceUrls(words.replaceAll(/\s+/g, ' ').trim()));
  return shown === '' ? null : shown;
}
