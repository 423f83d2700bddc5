import type { Named } from '../../lib/client.ts';

type Setting = Pick<Named<'Setting'>, 'value' | 'isHidden'>;

/** What a setting is. Of a secret nothing but that there is one. */
export function settingWords({ value, isHidden }: Setting): string {
  if (value === null) return 'Not set';
  return isHidden ? 'Set, and shown to nobody' : value;
}
