import { expect, it } from 'vitest';
import { privateTestKey } from './private-test.ts';

const twitch = { privateTest: { append: '?bandwidthtest=true', help: 'Nobody sees it.' } };

it.each([
  ['live_1', 'live_1?bandwidthtest=true'],
  ['live_1?a=b', 'live_1?a=b&bandwidthtest=true'],
])('%s becomes %s', (key, testKey) => {
  expect(privateTestKey(twitch, key)).toBe(testKey);
});

it('is not made up for a platform that has none', () => {
  expect(privateTestKey({ privateTest: null }, 'live_1')).toBeUndefined();
});
