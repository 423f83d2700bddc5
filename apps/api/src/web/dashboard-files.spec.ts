import express from 'express';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dashboardFiles } from './dashboard-files.ts';

let folder: string;
let server: Server;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), '.forkcast-dashboard-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), 'the page');
  await writeFile(join(folder, 'assets', 'app-1a2b.js'), 'the script');
  await writeFile(join(folder, 'assets', 'app-1a2b.js.gz'), gzipSync('the script, packed'));
  await writeFile(join(folder, 'assets', 'app-1a2b.css'), 'the style');
  const app = express();
  app.use(...dashboardFiles(folder));
  server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

const ask = (path: string, init: RequestInit = {}) =>
  fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, init);

test.each(['/', '/setup?token=1', '/streams/1'])('%s is the page', async (path) => {
  const answer = await ask(path, { headers: { accept: 'text/html' } });
  expect([answer.status, await answer.text()]).toEqual([200, 'the page']);
  expect(answer.headers.get('cache-control')).toBe('no-cache');
});

test('files named after their content may be kept for good', async () => {
  const answer = await ask('/assets/app-1a2b.css');
  expect([answer.status, await answer.text()]).toEqual([200, 'the style']);
  expect(answer.headers.get('cache-control')).toContain('immutable');
  expect(answer.headers.get('content-encoding'), 'there is no packed copy').toBeNull();
});

test.each([
  ['gzip, deflate, br', 'the script, packed', 'gzip'],
  ['gzip;q=0.1', 'the script, packed', 'gzip'],
  ['br, gzip;q=0', 'the script', null],
  ['identity', 'the script', null],
])('who accepts %s is given %s', async (accepted, text, encoding) => {
  const answer = await ask('/assets/app-1a2b.js', { headers: { 'accept-encoding': accepted } });
  expect([answer.status, await answer.text()]).toEqual([200, text]);
  expect(answer.headers.get('content-encoding')).toBe(encoding);
  expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(answer.headers.get('vary')).toBe('Accept-Encoding');
});

test.each(['/assets/gone.js', '/api/v1/nothing', '/healthz', '/../secret', '/.env'])(
  '%s is not the page where no page is meant',
  async (path) => {
    const answer = await ask(path, { headers: { accept: 'application/json' } });
    expect(answer.status).toBe(404);
  },
);

test('nothing is posted to a page', async () => {
  expect((await ask('/', { method: 'POST' })).status).toBe(404);
});
