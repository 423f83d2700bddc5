import { openSse } from '../../integration/sse-reader.ts';
import type { SseReader } from '../../integration/sse-reader.ts';
import { patiently } from './scene.ts';
import type { FaultScene } from './scene.ts';

const AT_A_TIME = 10;

/** So many accounts, each with so many pages that hear of what happens. */
export async function openPages(
  scene: FaultScene,
  accounts: number,
  pagesEach: number,
): Promise<readonly SseReader[]> {
  const pages: SseReader[] = [];
  scene.afterwards(() => pages.forEach((page) => page.close()));
  for (let come = 0; come < accounts; come += AT_A_TIME) {
    const batch = Array.from({ length: AT_A_TIME }, async (_, index) => {
      const authorization = `Bearer ${await newToken(scene, `page ${come + index}`)}`;
      const opened = Array.from({ length: pagesEach }, () => openPage(scene, authorization));
      pages.push(...(await Promise.all(opened)));
    });
    await Promise.all(batch);
  }
  return pages;
}

/** Made by nobody who has other pages: an account of its own. */
function newToken({ forkcast }: FaultScene, name: string): Promise<string> {
  return patiently(async () => {
    const body = { name, scopes: ['streams:read'] };
    const made = await forkcast.api.request<{ token?: string }>('POST', '/tokens', body);
    if (made.body.token === undefined) throw new Error(`a token: ${JSON.stringify(made.body)}`);
    return made.body.token;
  });
}

function openPage(scene: FaultScene, authorization: string): Promise<SseReader> {
  const url = `http://127.0.0.1:${scene.forkcast.httpPort}/api/v1/events`;
  return scene.until('a page is let in', async () => {
    const page = await openSse(url, { authorization });
    if (page.status === 200) return page;
    page.close();
    throw new Error(`it was answered ${page.status}`);
  });
}
