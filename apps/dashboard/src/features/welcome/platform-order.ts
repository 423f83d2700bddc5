import type { Platform } from '#contracts';

export type OfferedPlatform = Pick<Platform, 'id' | 'name'>;

/** What most people look for, in this order. */
const usual = [
  'twitch',
  'youtube',
  'kick',
  'facebook',
  'tiktok',
  'instagram',
  'x',
  'linkedin',
  'trovo',
  'rumble',
];
/** What is no platform. */
const otherServer: OfferedPlatform = { id: 'custom', name: 'Other server' };
const testId = 'test';
/** As many as are seen without asking for all of them. */
export const shownAtFirst = usual.length;

/**
 * The platforms as they are offered: the usual ones, the others by name, and at the end what is
 * always there: any other server, and the test that goes nowhere.
 */
export function platformOrder(presets: readonly OfferedPlatform[]): readonly OfferedPlatform[] {
  const place = ({ id }: OfferedPlatform): number =>
    usual.includes(id) ? usual.indexOf(id) : usual.length;
  const named = presets
    .filter(({ id }) => id !== otherServer.id && id !== testId)
    .sort((one, other) => place(one) - place(other) || one.name.localeCompare(other.name, 'en'));
  return [...named, otherServer, ...presets.filter(({ id }) => id === testId)];
}

/** Those whose name has the text in it; without a text the first few and what is always there. */
export function platformsFor(
  ordered: readonly OfferedPlatform[],
  text: string,
  all: boolean,
): readonly OfferedPlatform[] {
  const wanted = text.trim().toLowerCase();
  const isAlways = ({ id }: OfferedPlatform): boolean => id === otherServer.id || id === testId;
  if (wanted !== '') {
    // Who finds nothing can still name a server.
    return ordered.filter(
      ({ id, name }) => id === otherServer.id || name.toLowerCase().includes(wanted),
    );
  }
  return all ? ordered : ordered.filter((each, index) => index < shownAtFirst || isAlways(each));
}
