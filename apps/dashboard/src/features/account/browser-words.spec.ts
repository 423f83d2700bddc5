import { describe, expect, it } from 'vitest';
import { browserWords } from './browser-words.ts';

const mozilla = 'Mozilla/5.0';
const windows = `${mozilla} (Windows NT 10.0; Win64; x64)`;
const webKit = 'AppleWebKit/537.36 (KHTML, like Gecko)';

describe('a browser that is signed in', () => {
  it.each([
    [`${windows} ${webKit} Chrome/127.0.0.0 Safari/537.36 OBS/31.0.0`, 'OBS on Windows'],
    [`${windows} ${webKit} Chrome/140.0.0.0 Safari/537.36 Edg/140.0`, 'Edge on Windows'],
    [`${mozilla} (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0`, 'Firefox on Linux'],
    [
      `${mozilla} (Linux; Android 15) ${webKit} Chrome/140.0.0.0 Mobile Safari/537.36`,
      'Chrome on Android',
    ],
    [
      `${mozilla} (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like ` +
        'Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
      'Safari on an iPhone',
    ],
    ['Firefox/140.0', 'Firefox'],
  ])('is called as its owner does: %s', (userAgent, words) => {
    expect(browserWords(userAgent)).toBe(words);
  });

  it('is called as it calls itself when we do not know it, and says when it does not say', () => {
    expect(browserWords('<b>curl</b>/8.0')).toBe('<b>curl</b>/8.0');
    expect(browserWords(null)).toBe('A browser that does not say which');
  });
});
