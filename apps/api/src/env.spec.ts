import { expect, test } from 'vitest';
import { EnvironmentFault } from '#environment';
import { readApiEnvironment } from './env.ts';

const STORES = { DATABASE_URL: 'postgresql://u:p@h:5432/n', REDIS_URL: 'redis://h:6379' };

function linesOf(variables: Record<string, string>): string[] {
  try {
    readApiEnvironment(variables);
    return [];
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(EnvironmentFault);
    return thrown instanceof Error ? thrown.message.split('\n') : [];
  }
}

test('the stores are enough; all else has a default', () => {
  expect(readApiEnvironment(STORES)).toMatchObject({
    HTTP_PORT: 8080,
    BIND_HOST: '127.0.0.1',
    LOG_LEVEL: 'info',
  });
});

test('every fault is named at once, one line each, and no value is repeated', () => {
  const lines = linesOf({
    DATABASE_URL: 'http://u:c4n4ry@h',
    HTTP_PORT: '65536',
    LOG_LEVEL: 'loud',
    FORKCAST_ADMIN_EMAIL: 'owner@example.org',
  });
  expect(lines.map((line) => line.split(':')[0])).toEqual([
    'DATABASE_URL',
    'REDIS_URL',
    'HTTP_PORT',
    'LOG_LEVEL',
    'FORKCAST_ADMIN_PASSWORD',
  ]);
  expect(lines.join('')).not.toContain('c4n4ry');
});

test('an empty value counts as absent', () => {
  const environment = readApiEnvironment({
    ...STORES,
    HTTP_PORT: '',
    FORKCAST_BOOTSTRAP_TOKEN: '',
  });
  expect(environment.HTTP_PORT).toBe(8080);
  expect(environment.FORKCAST_BOOTSTRAP_TOKEN).toBeUndefined();
});

test.each([
  ['0', true],
  ['65535', true],
  ['65536', false],
  ['-1', false],
  ['8080.5', false],
  ['http', false],
])('port %s', (port, taken) => {
  expect(linesOf({ ...STORES, HTTP_PORT: port }).length === 0).toBe(taken);
});

test.each([
  ['1234567', false],
  ['12345678', true],
])('bootstrap token %s', (token, taken) => {
  expect(linesOf({ ...STORES, FORKCAST_BOOTSTRAP_TOKEN: token }).length === 0).toBe(taken);
});
