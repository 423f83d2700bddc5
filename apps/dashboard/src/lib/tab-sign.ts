import { useEffect } from 'react';
import { tabTitle } from './summary.ts';
import type { Summary } from './summary.ts';

/** Of a tab that tells nothing in particular. */
const plainIcon = '/icon.svg';

/**
 * Says in the tab of the browser how it goes, for who works in another one: in its words, and in
 * the colour and shape of its picture.
 * @param page what it is called when there is nothing to tell.
 */
export function useTabSign(summary: Summary | undefined, name: string, page = name): void {
  const isQuiet = summary === undefined || summary.tone === 'quiet';
  const title = isQuiet ? `${page} · Forkcast` : tabTitle(summary, name);
  const tone = summary?.tone ?? 'quiet';
  useEffect(() => {
    document.title = title;
  }, [title]);
  useEffect(() => {
    showIcon(tone === 'quiet' ? plainIcon : `/icon-${tone}.svg`);
    return () => showIcon(plainIcon);
  }, [tone]);
}

function showIcon(path: string): void {
  document.querySelector('link[rel=icon]')?.setAttribute('href', path);
}
