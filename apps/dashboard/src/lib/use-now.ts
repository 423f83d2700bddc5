import { useEffect, useState } from 'react';
import { serverNow } from './server-clock.ts';

const tickMs = 1_000;
const listeners = new Set<() => void>();
const beat: { timer: ReturnType<typeof setInterval> | undefined } = { timer: undefined };

/** Calls back every second; all who asked for it at once, so that the page is drawn once. */
export function onEachSecond(listener: () => void): () => void {
  listeners.add(listener);
  beat.timer ??= setInterval(() => {
    for (const each of listeners) each();
  }, tickMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(beat.timer);
    beat.timer = undefined;
  };
}

/** The time by the server's clock in milliseconds, drawn again every second. */
export function useNow(): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => onEachSecond(() => setNow(serverNow())), []);
  return now;
}
