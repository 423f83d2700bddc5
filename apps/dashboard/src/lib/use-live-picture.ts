import { useEffect, useState } from 'react';
import type { RefObject } from 'react';
import { playFlv } from './flv-player.ts';
import { LivePicture } from './live-picture.ts';
import type { PictureFault } from './live-picture.ts';

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
    const picture = new LivePicture((failed) => playFlv(element, url, failed), setFault);
    const seen = (): void => picture.seen();
    element.addEventListener('playing', seen);
    picture.open();
    return () => {
      element.removeEventListener('playing', seen);
      picture.close();
    };
  }, [video, url, on]);
  return on ? fault : undefined;
}
