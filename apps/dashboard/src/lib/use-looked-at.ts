import { useEffect, useState } from 'react';
import type { RefObject } from 'react';

/** Who scrolls by, or looks at another tab for a moment, does not end what is shown. */
const lingerMs = 10_000;

/** Whether something is seen: it stands in the window, and the window is looked at. */
export function useLookedAt(place: RefObject<Element | null>): boolean {
  const [isLookedAt, setLookedAt] = useState(false);
  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    let isInView = false;
    let leaving: ReturnType<typeof setTimeout> | undefined;
    const judge = (): void => {
      clearTimeout(leaving);
      if (isInView && !document.hidden) setLookedAt(true);
      else leaving = setTimeout(() => setLookedAt(false), lingerMs);
    };
    const observer = new IntersectionObserver((entries) => {
      isInView = entries.at(-1)?.isIntersecting ?? false;
      judge();
    });
    observer.observe(element);
    document.addEventListener('visibilitychange', judge);
    return () => {
      clearTimeout(leaving);
      observer.disconnect();
      document.removeEventListener('visibilitychange', judge);
    };
  }, [place]);
  return isLookedAt;
}
