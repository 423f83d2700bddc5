import { describe, expect, it } from 'vitest';
import { initialsOf, markColour, markColours } from './marks.ts';

describe('a mark', () => {
  it.each([
    ['YouTube', 'YT'],
    ['Twitch', 'TW'],
    ['Kick', 'KI'],
    ['X', 'X'],
    ['api.video', 'AV'],
    ['SOOP (Korea)', 'SK'],
    ['TikTok', 'TT'],
    ['🎥 Øyvind', 'ØY'],
    ['🎥', '?'],
    ['', '?'],
  ])('of %j has the letters %j', (name, letters) => {
    expect(initialsOf(name)).toBe(letters);
  });

  it('has one colour for one id, of those that there are', () => {
    const colours = Array.from({ length: 200 }, (_each, index) => markColour(`platform-${index}`));
    expect(markColour('twitch')).toBe(markColour('twitch'));
    expect(Math.min(...colours)).toBe(0);
    expect(Math.max(...colours)).toBe(markColours - 1);
  });
});
