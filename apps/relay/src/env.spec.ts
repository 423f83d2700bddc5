import { Test } from '@nestjs/testing';
import { ConfigService } from '@nestjs/config';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EnvironmentFault } from '#environment';
import { readRelayEnvironment, settingsModule, type RelaySettings } from './env.ts';

const STORES = { DATABASE_URL: 'postgresql://u:p@h:5432/n', REDIS_URL: 'redis://h:6379' };

function faultsOf(variables: Readonly<Record<string, string>>): string[] {
  try {
    readRelayEnvironment(variables);
    return [];
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(EnvironmentFault);
    return (thrown as EnvironmentFault).message.split('\n');
  }
}

const namesOf = (lines: readonly string[]) => lines.map((line) => line.split(':', 1)[0]);

describe('the environment of the relay', () => {
  it('needs the two stores, and has a default for all else', () => {
    expect(readRelayEnvironment(STORES)).toMatchObject({
      RTMP_PORT: 1935,
      RTMPS_PORT: 1936,
      METRICS_PORT: 9464,
      METRICS_HOST: '127.0.0.1',
      BIND_HOST: '0.0.0.0',
      FORKCAST_NODE_ID: 'local',
      LOG_LEVEL: 'info',
    });
  });

  it('names every fault at once, also those of several variables, and repeats no value', () => {
    const lines = faultsOf({
      DATABASE_URL: 'http://u:c4n4ry@h',
      RTMP_PORT: '0',
      RTMPS_PORT: '0',
      TLS_CERT_FILE: '/cert.pem',
      FORKCAST_NODE_ID: 'no spaces',
      ALLOW_PRIVATE_DESTINATIONS: 'c4n4ry',
      RELAY_LANES: '0',
      RELAY_MEMORY_MBYTES: 'all',
      METRICS_PORT: '65536',
      LOG_LEVEL: 'loud',
    });
    expect(namesOf(lines)).toEqual([
      'DATABASE_URL',
      'REDIS_URL',
      'FORKCAST_NODE_ID',
      'ALLOW_PRIVATE_DESTINATIONS',
      'RELAY_LANES',
      'RELAY_MEMORY_MBYTES',
      'METRICS_PORT',
      'LOG_LEVEL',
      'TLS_KEY_FILE',
      'RTMPS_PORT',
    ]);
    expect(lines[0]).not.toContain('c4n4ry');
  });

  it.each([
    [{ RELAY_LANES: '1' }, []],
    [{ RELAY_LANES: '64' }, []],
    [{ RELAY_LANES: '65' }, ['RELAY_LANES']],
    [{ RELAY_MEMORY_MBYTES: '383' }, ['RELAY_MEMORY_MBYTES']],
    [{ RELAY_MEMORY_MBYTES: '384' }, []],
    [{ RELAY_MEMORY_MBYTES: '1048576' }, []],
    [{ RELAY_MEMORY_MBYTES: '1048577' }, ['RELAY_MEMORY_MBYTES']],
    [{ FORKCAST_DRAIN_SECONDS: '0' }, []],
    [{ FORKCAST_DRAIN_SECONDS: '900' }, []],
    [{ FORKCAST_DRAIN_SECONDS: '901' }, ['FORKCAST_DRAIN_SECONDS']],
    [{ RTMP_PORT: '0' }, []],
    [{ RTMP_PORT: '1936' }, ['RTMPS_PORT']],
    [{ FORKCAST_NODE_ID: 'a'.repeat(64) }, []],
    [{ FORKCAST_NODE_ID: 'a'.repeat(65) }, ['FORKCAST_NODE_ID']],
    [{ TLS_KEY_FILE: '/key.pem' }, ['TLS_KEY_FILE']],
    [{ TLS_KEY_FILE: '/key.pem', TLS_CERT_FILE: '/cert.pem' }, []],
  ])('judges %j', (variables, names) => {
    expect(namesOf(faultsOf({ ...STORES, ...variables }))).toEqual(names);
  });
});

describe('the settings module', () => {
  let before: NodeJS.ProcessEnv;

  beforeEach(() => {
    before = process.env;
    process.env = { ...before, ...STORES, RTMP_PORT: '2935', TLS_CERT_FILE: '' };
  });

  afterEach(() => {
    process.env = before;
  });

  it('gives what was judged: numbers as numbers, and an empty value as none', async () => {
    const context = await Test.createTestingModule({ imports: [await settingsModule()] }).compile();
    const settings = context.get<RelaySettings>(ConfigService);
    expect(settings.get('RTMP_PORT', { infer: true })).toBe(2935);
    expect(settings.get('TLS_CERT_FILE', { infer: true })).toBeUndefined();
    await context.close();
  });

  it('rejects with every fault, in lines of its own', async () => {
    process.env['REDIS_URL'] = 'http://h';
    process.env['RELAY_LANES'] = 'many';
    const fault = await settingsModule().catch((thrown: unknown) => thrown);
    expect(fault).toBeInstanceOf(EnvironmentFault);
    const { message } = fault as EnvironmentFault;
    expect(namesOf(message.split('\n'))).toEqual(['REDIS_URL', 'RELAY_LANES']);
  });
});
