import { connect as connectTls } from 'node:tls';
import { makeSelfSignedPair } from '#testing';
import { expect, it } from 'vitest';
import { LaneUnderTest } from './lane.fixture.ts';

/** The code of the error that ends a handshake of that version; `secure` where none does. */
function shake(port: number, version: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3'): Promise<string> {
  return new Promise((resolve) => {
    const socket = connectTls({
      host: '127.0.0.1',
      port,
      minVersion: version,
      maxVersion: version,
      // Else our own side would not even offer what is past.
      ciphers: 'DEFAULT@SECLEVEL=0',
      rejectUnauthorized: false,
    });
    socket.once('secureConnect', () => {
      socket.destroy();
      resolve('secure');
    });
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
}

it('an encoder that speaks TLS 1.1 at most is not heard, and newer ones are', async () => {
  const lane = await LaneUnderTest.start({ certificate: await makeSelfSignedPair() });
  const { rtmpsPort } = lane.settings;
  expect(await shake(rtmpsPort, 'TLSv1.1')).toMatch(/PROTOCOL_VERSION|ALERT|ECONNRESET/);
  expect(await shake(rtmpsPort, 'TLSv1.2')).toBe('secure');
  expect(await shake(rtmpsPort, 'TLSv1.3')).toBe('secure');
  await lane.close();
});
