import { freePorts, waitFor } from '#testing';
import type { Forkcast } from '../forkcast.ts';

const WITHIN_MS = 20_000;

interface Made {
  readonly id: string;
  readonly secret: string | null;
}

/**
 * Webhooks that go nowhere: where they go, what they are signed with, and what their tries leave.
 *
 * @param secret plants a canary of that name and gives it.
 */
export async function tourOfWebhooks(
  forkcast: Forkcast,
  secret: (name: string) => string,
): Promise<void> {
  const { api, watch } = forkcast;
  const [port] = await freePorts(1);
  const make = async (format: string): Promise<string> => {
    const url = `https://127.0.0.1:${port}/hooks/${secret(`the URL for ${format}`)}/last`;
    const wish = { name: format, format, url, kinds: ['push.needs_attention'] };
    const { body } = await api.request<Made>('POST', '/webhooks', wish);
    if (body.secret !== null) watch.canaries.plant('a signing secret', body.secret);
    return body.id;
  };
  for (const format of ['standard', 'discord', 'slack']) {
    const path = `/webhooks/${await make(format)}`;
    await api.request('POST', `${path}/test`);
    await waitFor(`${format} was tried`, () => wasTried(forkcast, path), WITHIN_MS);
    await api.request('PATCH', path, { url: `http://${secret('a refused URL')}.example/` });
    await api.request('GET', path);
    if (format !== 'standard') continue;
    const { body } = await api.request<Made>('POST', `${path}/rotate-secret`, {});
    watch.canaries.plant('a new signing secret', String(body.secret));
  }
  await api.request('GET', '/webhooks');
}

async function wasTried({ api }: Forkcast, path: string): Promise<boolean> {
  const { body } = await api.request<{ items: { lastFault: string | null }[] }>(
    'GET',
    `${path}/deliveries`,
  );
  return body.items.some(({ lastFault }) => lastFault !== null);
}
