import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  cidrListSchema,
  EnvironmentFault,
  portSchema,
  postgresUrlSchema,
  readEnvironment,
  redisUrlSchema,
  textSchema,
} from './index.ts';

const schema = z.object({
  DATABASE_URL: postgresUrlSchema,
  REDIS_URL: redisUrlSchema,
  PORT: portSchema.default(80),
  NAME: textSchema.optional(),
  ALLOWED: cidrListSchema.default(''),
});
const STORES = { DATABASE_URL: 'postgres://u:p@h/n', REDIS_URL: 'rediss://h' };

function faultsOf(variables: Readonly<Record<string, string>>): string[] {
  try {
    readEnvironment(schema, variables);
    return [];
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(EnvironmentFault);
    return (thrown as EnvironmentFault).message.split('\n');
  }
}

describe('readEnvironment', () => {
  it('takes what it knows, with numbers as numbers, and leaves the rest', () => {
    expect(readEnvironment(schema, { ...STORES, PORT: '8080', HOME: '/root' })).toEqual({
      ...STORES,
      PORT: 8080,
      ALLOWED: '',
    });
  });

  it('takes an empty value for an absent one', () => {
    const environment = readEnvironment(schema, { ...STORES, PORT: '', NAME: '' });
    expect(environment.PORT).toBe(80);
    expect(environment.NAME).toBeUndefined();
  });

  it('names every fault at once, one line each, and repeats no value', () => {
    const faults = faultsOf({ DATABASE_URL: 'mysql://u:c4n4ry@h', PORT: '65536' });
    expect(faults.map((line) => line.split(':', 1)[0])).toEqual([
      'DATABASE_URL',
      'REDIS_URL',
      'PORT',
    ]);
    expect(faults.join()).not.toContain('c4n4ry');
  });

  it.each([
    ['0', []],
    ['65535', []],
    ['65536', ['PORT']],
    ['-1', ['PORT']],
    ['80.5', ['PORT']],
    ['http', ['PORT']],
  ])('judges port %s', (PORT, names) => {
    expect(faultsOf({ ...STORES, PORT }).map((line) => line.split(':', 1)[0])).toEqual(names);
  });

  it.each([
    ['10.0.0.0/8, ::1', 0],
    [' , ', 0],
    ['10.0.0.0/33', 1],
    ['home', 1],
  ])('judges the CIDR list %s', (ALLOWED, count) => {
    expect(faultsOf({ ...STORES, ALLOWED })).toHaveLength(count);
  });
});
