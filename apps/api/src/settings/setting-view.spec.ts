import { describe, expect, it } from 'vitest';
import { readApiEnvironment } from '../env.ts';
import { settingsView } from './setting-view.ts';

const LEAST = { DATABASE_URL: 'postgres://u:canary@db/f', REDIS_URL: 'redis://:canary@r:6379' };

const shown = (variables: Readonly<Record<string, string>>) => {
  const settings = settingsView(readApiEnvironment({ ...LEAST, ...variables }));
  return new Map(settings.map(({ name, ...rest }) => [name, rest]));
};

describe('the settings that are shown', () => {
  it('are those in effect, and whether somebody has set them', () => {
    const settings = shown({ HTTP_PORT: '9000', RTMP_PORT: '1935', TRUSTED_PROXIES: '10.0.0.1' });
    expect(settings.get('HTTP_PORT')).toMatchObject({ value: '9000', isDefault: false });
    expect(settings.get('RTMP_PORT'), 'set, to what it is anyway').toMatchObject({
      value: '1935',
      isDefault: true,
    });
    expect(settings.get('TRUSTED_PROXIES')).toMatchObject({ value: '10.0.0.1', isDefault: false });
    expect(settings.get('BIND_HOST')).toMatchObject({ value: '127.0.0.1', isDefault: true });
    expect(settings.get('SMTP_FROM')).toMatchObject({ value: null, isDefault: true });
    expect(settings.get('ALLOW_PRIVATE_DESTINATIONS')).toMatchObject({
      value: null,
      isDefault: true,
    });
  });

  it('are all that there are, each with a sentence', () => {
    const all = [...shown({}).values()];
    expect(all).toHaveLength(20);
    for (const { sentence } of all) expect(sentence).toMatch(/^[A-Z].{10,}\.$/);
  });

  it('tell of a secret that it is set, and nothing else', () => {
    const secrets = {
      FORKCAST_MASTER_KEY: 'canary-key',
      FORKCAST_MASTER_KEY_PREVIOUS: 'canary-old',
      FORKCAST_ADMIN_EMAIL: 'ada@example.org',
      FORKCAST_ADMIN_PASSWORD: 'canary-password',
      FORKCAST_BOOTSTRAP_TOKEN: 'canary-token',
      SMTP_URL: 'smtp://ada:canary@mail.example.org',
      FORKCAST_PUBLIC_URL: 'https://ada:canary@live.example.org/',
    };
    const settings = shown(secrets);
    expect(JSON.stringify([...settings])).not.toContain('canary');
    const { FORKCAST_ADMIN_EMAIL: _email, ...names } = { ...LEAST, ...secrets };
    for (const name of Object.keys(names)) {
      expect(settings.get(name), name).toMatchObject({
        value: 'set',
        isHidden: true,
        isDefault: false,
      });
    }
    expect(shown({}).get('SMTP_URL')).toMatchObject({ value: null, isHidden: true });
    const open = shown({ FORKCAST_PUBLIC_URL: 'https://live.example.org/@us' });
    expect(open.get('FORKCAST_PUBLIC_URL')).toMatchObject({
      value: 'https://live.example.org/@us',
      isHidden: false,
    });
  });
});
