import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerOptions } from 'smtp-server';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makeTestCertificates, type TestCertificates } from '#testing';
import { SmtpMailer } from './smtp-mailer.ts';

let certificates: TestCertificates;
beforeAll(async () => {
  certificates = await makeTestCertificates();
});

const servers: SMTPServer[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close(() => undefined);
});

interface Heard {
  readonly from: string;
  readonly to: string[];
  readonly secure: boolean;
  readonly user: string | undefined;
  readonly message: string;
}

/** A mail server on a free port of loopback. */
async function serve(options: SMTPServerOptions = {}): Promise<{ port: number; heard: Heard[] }> {
  const heard: Heard[] = [];
  const server = new SMTPServer({
    cert: certificates.certificate,
    key: certificates.privateKey,
    authOptional: true,
    onAuth: ({ username }, _session, answer) => answer(null, { user: username }),
    onData(stream, session, answer) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        heard.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          secure: session.secure,
          user: session.user,
          message: Buffer.concat(chunks).toString(),
        });
        answer();
      });
    },
    ...options,
  });
  servers.push(server);
  server.on('error', () => undefined);
  const listener = server.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return { port: (listener.address() as AddressInfo).port, heard };
}

const letter = { to: 'ann@example.org', subject: 'Main is lost', text: 'Ümlaut\n.\nend\n' };
const from = 'Forkcast <relay@example.org>';

function mailerTo(port: number, scheme = 'smtp', who = ''): SmtpMailer {
  const url = `${scheme}://${who}localhost:${port}`;
  return new SmtpMailer({ url, from, ca: certificates.authority });
}

describe('a mail', () => {
  it('is handed over by STARTTLS, signed in, as plain text', async () => {
    const { port, heard } = await serve();
    const outcome = await mailerTo(port, 'smtp', 'relay:w%40rd@').send(letter);
    expect(outcome).toEqual({ kind: 'delivered', status: null });
    expect(heard).toMatchObject([
      { from: 'relay@example.org', to: ['ann@example.org'], secure: true, user: 'relay' },
    ]);
    expect(heard[0]?.message).toMatch(/^Content-Type: text\/plain; charset=utf-8\r$/m);
    expect(heard[0]?.message).toMatch(/^Subject: Main is lost\r$/m);
  });

  it('is handed over by TLS from the first byte', async () => {
    const { port, heard } = await serve({ secure: true });
    expect(await mailerTo(port, 'smtps').send(letter)).toMatchObject({ kind: 'delivered' });
    expect(heard).toMatchObject([{ secure: true }]);
  });

  it('takes no second recipient and no second header from what it is given', async () => {
    const { port, heard } = await serve();
    const subject = 'lost\r\nBcc: eve@example.org\r\n\r\nbody';
    await mailerTo(port).send({ ...letter, subject });
    await mailerTo(port).send({ ...letter, to: 'ann@example.org, eve@example.org' });
    expect(heard.map(({ to }) => to)).not.toContainEqual(
      expect.arrayContaining(['eve@example.org']),
    );
    expect(heard[0]?.message).not.toMatch(/^Bcc:/m);
    expect(heard[0]?.message).toMatch(/^Subject: lost Bcc: eve@example.org/m);
  });

  it.each([
    [450, 'failed'],
    [550, 'refused'],
  ])('that the server answers with %i has %s, without the server’s words', async (code, kind) => {
    const { port } = await serve({
      onRcptTo: (_address, _session, answer) =>
        answer(Object.assign(new Error('ann@example.org is unknown'), { responseCode: code })),
    });
    const outcome = await mailerTo(port).send(letter);
    expect(outcome).toMatchObject({ kind, status: code });
    expect(JSON.stringify(outcome)).not.toContain('ann@');
  });

  it('waits where the server cannot be believed or reached', async () => {
    const { port, heard } = await serve();
    const stranger = new SmtpMailer({ url: `smtp://localhost:${port}`, from });
    expect(await stranger.send(letter)).toMatchObject({ kind: 'failed', status: null });
    servers.pop()?.close(() => undefined);
    expect(await mailerTo(port).send(letter)).toMatchObject({ kind: 'failed', status: null });
    expect(heard).toEqual([]);
  });

  it('goes to another machine by TLS or not at all; to this one without, if need be', async () => {
    const { port, heard } = await serve({ hideSTARTTLS: true });
    // 127.0.0.1 by a name that does not say so.
    const other = new SmtpMailer({ url: `smtp://[::ffff:127.0.0.1]:${port}`, from });
    expect(await other.send(letter)).toMatchObject({ kind: 'failed' });
    expect(heard).toEqual([]);
    expect(await mailerTo(port).send(letter)).toMatchObject({ kind: 'delivered' });
    expect(heard).toMatchObject([{ secure: false }]);
  });
});
