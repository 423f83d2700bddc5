import { expect, test } from 'vitest';
import { Secret } from '#kernel';
import { createLogger } from './logger.ts';
import { frameworkLogger } from './framework-logger.ts';
import type { LogLevel } from './logger.ts';

function lines(level: LogLevel = 'info') {
  const written: string[] = [];
  const destination = { write: (line: string) => void written.push(line) };
  return { written, logger: createLogger({ app: 'api', level, destination }) };
}

test('a line names its process, level and time', () => {
  const { written, logger } = lines();
  logger.info({ port: 1 }, 'ready');
  expect(JSON.parse(written[0] ?? '')).toMatchObject({
    app: 'api',
    level: 'info',
    msg: 'ready',
    port: 1,
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
  });
});

test('no canary reaches a line, whether by field, by type, by URL or by error', () => {
  const { written, logger } = lines();
  const canary = 'c4n4ry-0123456789';
  logger.info({ password: canary, body: { streamKey: canary }, key: new Secret(canary) }, 'a');
  logger.info({ req: { headers: { authorization: canary, cookie: canary } } }, 'b');
  logger.warn({ url: `rtmps://user:${canary}@live.example/app/${canary}?k=${canary}#${canary}` });
  logger.error({ err: new Error(`connect rtmp://live.example/app/${canary} failed`) }, 'c');
  logger.error(`publish fc_${canary} to redis://:${canary}@127.0.0.1:6379`);
  expect(written).toHaveLength(5);
  expect(written.join('')).not.toContain(canary);
  for (const line of written) expect(() => JSON.parse(line) as unknown).not.toThrow();
  expect(written.join('')).toContain('rtmps://live.example"');
});

test('stack traces keep their file names', () => {
  const { written, logger } = lines();
  logger.error({ err: new Error('broken') });
  expect(written[0]).toContain('logger.spec.ts');
});

test('a framework speaks quietly of itself and loudly of faults', () => {
  const { written, logger } = lines('debug');
  const framework = frameworkLogger(logger);
  framework.log('routes resolved', 'RouterExplorer');
  framework.error(new Error('no such provider'), 'Injector');
  expect(written.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { level: 'debug', speaker: 'RouterExplorer', msg: 'routes resolved' },
    { level: 'error', speaker: 'Injector', msg: 'no such provider' },
  ]);
});
