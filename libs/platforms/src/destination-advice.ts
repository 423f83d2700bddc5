import type { Platform } from '#contracts';
import type { DestinationSplit } from '#control';
import { cutUrl, hostOwners, serversOf } from './paste-url.ts';
import type { UrlParts } from './paste-url.ts';

type Warning = DestinationSplit['warnings'][number];

/** The part of a preset that judging a destination needs. */
export type AdvisingPreset = Pick<
  Platform,
  | 'id'
  | 'name'
  | 'servers'
  | 'backupServers'
  | 'hosts'
  | 'keyFormat'
  | 'keyPrefixes'
  | 'privateTest'
>;

/** What can be no stream key at all; undefined: it may be one. Said of any platform. */
export function keyFault(key: string): { code: string; message: string } | undefined {
  if (/^(?:[•●∙·]+|\*{3,})$/.test(key)) {
    return warning(
      'KEY_IS_MASKED',
      'The key is hidden behind dots: show it on the platform’s page, or use its copy button.',
    );
  }
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(key)) {
    return warning(
      'KEY_IS_URL',
      'This is a URL and no key: the key stands beside it, or behind it.',
    );
  }
  return undefined;
}

/** What is likely to be wrong with a key at its platform. No sentence holds a part of the key. */
export function keyWarnings(
  { name, keyPrefixes, keyFormat, privateTest }: AdvisingPreset,
  key: string,
): Warning[] {
  const warnings: Warning[] = [];
  if (keyPrefixes.length > 0 && !keyPrefixes.some((prefix) => key.startsWith(prefix))) {
    const usual = keyPrefixes.join(' or ');
    warnings.push(warning('KEY_UNUSUAL', `Keys of ${name} usually begin with ${usual}: check it.`));
  }
  if (keyFormat === 'with-query' && !key.includes('?')) {
    const sentence = `Keys of ${name} have a part behind a question mark: copy the whole key.`;
    warnings.push(warning('KEY_SHORT', sentence));
  }
  if (privateTest !== null && key.includes(privateTest.append.slice(1))) {
    const sentence = `This is a test key: ${name} will show the stream to nobody.`;
    warnings.push(warning('KEY_FOR_TEST', sentence));
  }
  return warnings;
}

/** Where the same platform has a server that hides the key on its way. */
export function schemeWarnings(
  preset: AdvisingPreset,
  { scheme }: Pick<UrlParts, 'scheme'>,
): Warning[] {
  const secure = serversOf(preset).find(({ url }) => url.startsWith('rtmps:'));
  if (scheme === 'rtmps' || secure === undefined) return [];
  const sentence = `${preset.name} has RTMPS too, which hides the key on its way: ${secure.url}`;
  return [warning('NOT_ENCRYPTED', sentence)];
}

/**
 * What to look at in a destination that could be saved as it is. A host that is none of the
 * platform's may be a proxy of one's own, therefore nothing here is a refusal.
 */
export function destinationWarnings(
  destination: { readonly platform: string; readonly url: string; readonly streamKey?: string },
  presets: readonly AdvisingPreset[],
): Warning[] {
  const parts = cutUrl(destination.url);
  if (typeof parts === 'string') return [];
  const owners = hostOwners(parts.host, presets);
  const preset = presets.find(({ id }) => id === destination.platform);
  const [likely] = owners;
  const warnings: Warning[] = [];
  if (likely !== undefined && !owners.some(({ id }) => id === preset?.id)) {
    const sentence = `This server is one of ${likely.name}: check the platform.`;
    warnings.push(warning('HOST_OF_OTHER_PLATFORM', sentence));
  }
  if (preset === undefined || !owners.includes(preset)) return warnings;
  const { streamKey } = destination;
  const ofKey = streamKey === undefined ? [] : keyWarnings(preset, streamKey);
  return [...warnings, ...schemeWarnings(preset, parts), ...ofKey];
}

const warning = (code: string, message: string): Warning => ({ code, message });
