import { useEffect, useState } from 'react';
import type { RefObject } from 'react';
import { playFlv } from './flv-player.ts';
import type { PlayerEnd } from './flv-player.ts';

/** Why nothing is to be seen, or not any more. */
export interface PictureFault {
  readonly end: PlayerEnd;
  readonly message: string;
}

/** How long until it is tried again; what this browser cannot do is not. */
const againMs: Readonly<Partial<Record<PlayerEnd, number>>> = {
  // Ten minutes are up.
  over: 500,
  lost: 3_000,
  refused: 8_000,
};

/**
 * Plays a live stream for as long as `on`, and opens it again when it ended.
 * @returns why it does not play; undefined while it does, or is about to.
 */
export function useLivePicture(
  video: RefObject<HTMLVideoElement | null>,
  url: string,
  on: boolean,
): PictureFault | undefined {
  const [fault, setFault] = useState<PictureFault>();
  useEffect(() => {
    const element = video.current;
    if (element === null || !on) return undefined;
    let [isOver, stop] = [false, (): void => undefined];
    let again: ReturnType<typeof setTimeout> | undefined;
    const seen = (): void => setFault(undefined);
    const open = (): void => {
      stop();
      const failed = (message: string, end: PlayerEnd): void => {
        if (isOver) return;
        if (end !== 'over') setFault({ end, message });
        const waitMs = againMs[end];
        clearTimeout(again);
        if (waitMs !== undefined) again = setTimeout(open, waitMs);
      };
      playFlv(element, url, failed).then(
        (end) => {
          if (isOver) end();
          else stop = once(end);
        },
        () => failed('The player cannot be loaded.', 'lost'),
      );
    };
    element.addEventListener('playing', seen);
    open();
    return () => {
      isOver = true;
      clearTimeout(again);
      element.removeEventListener('playing', seen);
      stop();
    };
  }, [video, url, on]);
  return on ? fault : undefined;
}

/** A player is given up once. */
function once(deed: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    deed();
  };
}
