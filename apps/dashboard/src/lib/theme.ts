/** `system`: as the browser says, which follows the day in many of them. */
export type Theme = 'system' | 'light' | 'dark';

const place = 'forkcast.theme';

function isTheme(text: string | null): text is Theme {
  return text === 'light' || text === 'dark' || text === 'system';
}

export function chosenTheme(): Theme {
  const kept = localStorage.getItem(place);
  return isTheme(kept) ? kept : 'system';
}

/** Before the first drawing, so that a dark page does not flash in white. */
export function applyTheme(theme: Theme = chosenTheme()): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}

/** For this browser, until it is chosen anew. */
export function chooseTheme(theme: Theme): void {
  localStorage.setItem(place, theme);
  applyTheme(theme);
}
