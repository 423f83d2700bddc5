import { expect, test } from 'vitest';
import { reduceUrls, remoteText, REMOTE_TEXT_CHARS_MAX } from './log-text.ts';

test.each([
  ['rtmp://a.example/live/key', 'rtmp://a.example'],
  ['see rtmps://a.example:443/x?y=z, then', 'see rtmps://a.example:443 then'],
  ['postgresql://u:p@ss@db.example:5432/name', 'postgresql://db.example:5432'],
  ['http://[::1]:8080/setup?token=1', 'http://[::1]:8080'],
  ['file:///srv/app/main.js:3', 'file:///srv/app/main.js:3'],
  ['no address here', 'no address here'],
  ['key fc_abcdefgh0123', 'key fc_***'],
  ['link fcl_abcdefgh0123-_', 'link fcl_***'],
  ['fc_short', 'fc_short'],
])('%s is logged as %s', (text, expected) => {
  expect(reduceUrls(text)).toBe(expected);
});

test('a remote string is capped at its limit and no sooner', () => {
  expect(remoteText('a'.repeat(REMOTE_TEXT_CHARS_MAX))).toBe('a'.repeat(REMOTE_TEXT_CHARS_MAX));
  expect(remoteText('a'.repeat(REMOTE_TEXT_CHARS_MAX + 1))).toBe(
    `${'a'.repeat(REMOTE_TEXT_CHARS_MAX)}…`,
  );
});

test('control and bidirectional characters become visible', () => {
  expect(remoteText('a\n\u001b[31m\u202e\u009bz')).toBe('a\\u000a\\u001b[31m\\u202e\\u009bz');
});
