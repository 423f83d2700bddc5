import { problemOf } from './api-problem.ts';

/**
 * Why a player has nothing more to show. `over`: what was sent has ended, or ten minutes are up.
 * `unplayable`: this browser does not know the codec. `refused`: the API's answer says why.
 */
export type PlayerEnd = 'over' | 'unplayable' | 'refused' | 'lost' | 'unsupported';

/** In words, and what it is. */
export type PlayerFault = (message: string, end: PlayerEnd) => void;

/** Behind the newest picture, in s: less shows stalls, more is not live. */
const latencySecondsMax = 3;
const latencySecondsMin = 0.5;
const askMs = 5_000;
/** Statuses from here on are refusals. */
const firstRefusal = 400;

/**
 * Plays a live FLV stream in that element until the answer is called. The player is loaded with the
 * first that is played: most who open the page never look at one.
 */
export async function playFlv(
  video: HTMLVideoElement,
  url: string,
  onFault: PlayerFault,
): Promise<() => void> {
  const { default: mpegts } = await import('mpegts.js');
  mpegts.LoggingControl.enableAll = false;
  if (!mpegts.isSupported()) {
    onFault('This browser cannot play a live stream in a page.', 'unsupported');
    return () => undefined;
  }
  const player = mpegts.createPlayer(
    { type: 'flv', isLive: true, url },
    {
      enableStashBuffer: false,
      liveBufferLatencyChasing: true,
      liveBufferLatencyMaxLatency: latencySecondsMax,
      liveBufferLatencyMinRemain: latencySecondsMin,
      autoCleanupSourceBuffer: true,
    },
  );
  player.on(mpegts.Events.ERROR, (type: unknown, _detail: unknown, info: unknown) => {
    if (type !== mpegts.ErrorTypes.NETWORK_ERROR) {
      onFault(unplayable, 'unplayable');
    } else if (statusOf(info) < firstRefusal) {
      onFault(lost, 'lost');
    } else {
      whyRefused(url).then(
        (words) => onFault(words, 'refused'),
        () => onFault(lost, 'lost'),
      );
    }
  });
  player.on(mpegts.Events.LOADING_COMPLETE, () => onFault(over, 'over'));
  player.attachMediaElement(video);
  player.load();
  // Who closes it at once interrupts the playing: no fault.
  Promise.resolve(player.play()).catch(() => undefined);
  return () => player.destroy();
}

const over = 'The stream is over, or the preview was open for ten minutes.';
const unplayable =
  'This browser cannot show what arrives: it does not know the codec. It arrives all the same.';
const lost = 'The preview cannot be loaded.';

function statusOf(info: unknown): number {
  if (typeof info !== 'object' || info === null || !('code' in info)) return 0;
  return typeof info.code === 'number' ? info.code : 0;
}

/** The player tells a status alone; the answer has a sentence as well. */
async function whyRefused(url: string): Promise<string> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(askMs) });
  if (!answer.ok) return (await problemOf(answer)).message;
  // It would be shown now; nobody reads this answer.
  await answer.body?.cancel();
  return lost;
}
