/** Why nothing is to be seen, in words. */
export type PlayerFault = (message: string) => void;

/** Behind the newest picture, in s: less shows stalls, more is not live. */
const latencySecondsMax = 3;
const latencySecondsMin = 0.5;

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
  if (!mpegts.isSupported()) {
    onFault('This browser cannot play a live stream in a page.');
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
  player.on(mpegts.Events.ERROR, (type: unknown, _detail: unknown, info: unknown) =>
    onFault(type === mpegts.ErrorTypes.NETWORK_ERROR ? networkFault(info) : unplayable),
  );
  player.on(mpegts.Events.LOADING_COMPLETE, () => onFault(over));
  player.attachMediaElement(video);
  player.load();
  // Who closes it at once interrupts the playing: no fault.
  Promise.resolve(player.play()).catch(() => undefined);
  return () => player.destroy();
}

const over = 'The stream is over, or the preview was open for ten minutes.';
const unplayable =
  'This browser cannot show what arrives: it does not know the codec. It arrives all the same.';

function networkFault(info: unknown): string {
  const status = typeof info === 'object' && info !== null && 'code' in info ? info.code : 0;
  return status === 409
    ? 'Nothing is to be seen now: nothing is sent there, or others watch it already.'
    : 'The preview cannot be loaded.';
}
