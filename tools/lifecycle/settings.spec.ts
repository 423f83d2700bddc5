import { describe, expect, it } from 'vitest';
import { readSettings } from './settings.ts';

describe('readSettings', () => {
  it('has the documented defaults', () => {
    expect(readSettings({}, '/clone')).toEqual({
      dataDirectory: '/clone/.forkcast',
      httpPort: 8080,
      rtmpPort: 1935,
      rtmpsPort: 1936,
      metricsPort: 9464,
      httpHost: '127.0.0.1',
      rtmpHost: '0.0.0.0',
      metricsHost: '127.0.0.1',
      drainSeconds: 5,
      databaseUrl: undefined,
      redisUrl: undefined,
    });
  });

  it('takes an empty variable as unset', () => {
    expect(readSettings({ HTTP_PORT: '', REDIS_URL: '' }, '/clone').httpPort).toBe(8080);
  });

  it('accepts the edges of the port range and refuses one past them', () => {
    expect(readSettings({ RTMP_PORT: '0' }, '/').rtmpPort).toBe(0);
    expect(readSettings({ RTMP_PORT: '65535' }, '/').rtmpPort).toBe(65_535);
    for (const wrong of ['65536', '-1', '1.5', 'http', '1e3', ' 80']) {
      expect(() => readSettings({ RTMP_PORT: wrong }, '/')).toThrow('RTMP_PORT');
    }
  });

  it('accepts the edges of the time to drain and refuses one past them', () => {
    expect(readSettings({ FORKCAST_DRAIN_SECONDS: '0' }, '/').drainSeconds).toBe(0);
    expect(readSettings({ FORKCAST_DRAIN_SECONDS: '900' }, '/').drainSeconds).toBe(900);
    for (const wrong of ['901', '-1', '1.5', 'soon']) {
      const read = () => readSettings({ FORKCAST_DRAIN_SECONDS: wrong }, '/');
      expect(read).toThrow('FORKCAST_DRAIN_SECONDS');
    }
  });

  it('names every wrong variable, and shows no password', () => {
    const environment = { HTTP_PORT: 'x', DATABASE_URL: 'mysql://me:secret@host/', REDIS_URL: '?' };
    const read = () => readSettings(environment, '/');
    expect(read).toThrow(/^HTTP_PORT .*\nDATABASE_URL .*\nREDIS_URL /);
    expect(read).not.toThrow('secret');
  });
});
