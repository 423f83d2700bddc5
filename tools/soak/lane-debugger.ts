import { once } from 'node:events';
import { waitFor } from '#testing';
import type { House } from './house.ts';

const WITHIN_MS = 10_000;

/**
 * Runs code in a lane of the running relay, called by nobody there who could catch what it throws:
 * by Node's own debugger, which it opens in a process of one's own on SIGUSR1.
 */
export async function runInLane(house: House, lane: string, code: string): Promise<void> {
  const socket = new WebSocket(await openDebugger(house));
  await once(socket, 'open');
  try {
    const sessions = new Map<string, string>();
    socket.addEventListener('message', ({ data }) => {
      const { method, params } = JSON.parse(String(data)) as {
        method?: string;
        params?: { sessionId: string; workerInfo: { title: string } };
      };
      if (method !== 'NodeWorker.attachedToWorker' || params === undefined) return;
      sessions.set(params.workerInfo.title, params.sessionId);
    });
    const say = (method: string, params: object): void => {
      socket.send(JSON.stringify({ id: 1, method, params }));
    };
    say('NodeWorker.enable', { waitForDebuggerOnStart: false });
    const find = () => [...sessions].find(([title]) => title.endsWith(lane))?.[1];
    const sessionId = await waitFor(`${lane} is attached`, find, WITHIN_MS);
    const params = { expression: `setTimeout(() => { ${code} }, 200)` };
    const message = JSON.stringify({ id: 1, method: 'Runtime.evaluate', params });
    const evaluated = once(socket, 'message');
    say('NodeWorker.sendMessageToWorker', { sessionId, message });
    await evaluated;
  } finally {
    socket.close();
  }
}

/**
 * Opens the relay's debugger, which stays open for as long as that process lives, with a thread and
 * some descriptors of its own.
 */
export async function openDebugger(house: House): Promise<string> {
  const pid = await house.appPid('relay');
  if (pid === undefined) throw new Error('no relay runs');
  const known = house.debuggerUrl;
  const isOpen = known !== undefined && (await answers(known));
  if (isOpen) return known;
  process.kill(pid, 'SIGUSR1');
  const find = () => house.debuggerUrl !== known && house.debuggerUrl;
  return waitFor('the debugger listens', find, WITHIN_MS);
}

async function answers(url: string): Promise<boolean> {
  const { host } = new URL(url);
  const signal = AbortSignal.timeout(WITHIN_MS);
  const ids = await fetch(`http://${host}/json/list`, { signal }).then(
    (answer) => answer.text(),
    () => '',
  );
  return ids.includes(url);
}
