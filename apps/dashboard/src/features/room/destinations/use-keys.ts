import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';

/**
 * Calls back for each key that is pressed inside an element of the page. A dialog that belongs to
 * it is elsewhere in the page: its keys are its own.
 */
export function useKeys<Place extends HTMLElement>(
  onKey: (event: KeyboardEvent, place: Place) => void,
): RefObject<Place | null> {
  const held = useRef<Place>(null);
  useEffect(() => {
    const place = held.current;
    if (place === null) return undefined;
    const listener = (event: KeyboardEvent): void => onKey(event, place);
    place.addEventListener('keydown', listener);
    return () => place.removeEventListener('keydown', listener);
  }, [onKey]);
  return held;
}
