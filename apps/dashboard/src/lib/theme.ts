import { createStore, useStore } from './store.ts';

/** `system`: as the browser says, which follows the day in many of them. */
export type Theme = 'system' | 'light' | 'dark';

/** What one chooses from, in words. */
export const themes: readonly (readonly [Theme, string])[] = [
  ['system', 'Colours of the system'],
  ['light', 'Light colours'],
  ['dark', 'Dark colours'],
];

const place = 'forkcast.theme';
const store = createStore<Theme | undefined>(undefined);

export function themeFrom(text: string | null): Theme {
  return themes.find(([theme]) => theme === text)?.[0] ?? 'system';
}

function keptTheme(): Theme {
  return themeFrom(localStorage.getItem(place));
}

/** Before the first drawing, so that a dark page does not flash in white. */
export function applyTheme(theme: Theme = keptTheme()): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}

/** For this browser, until it is chosen anew. */
export function chooseTheme(theme: Theme): void {
  localStorage.setItem(place, theme);
  store.update(() => theme);
  applyTheme(theme);
}

export function useTheme(): Theme {
  return useStore(store, (chosen) => chosen ?? keptTheme());
}
