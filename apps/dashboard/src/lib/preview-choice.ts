const place = 'forkcast.preview';

/** Whether this browser shows the picture of a stream without being asked each time. */
export function alwaysShowsPicture(): boolean {
  return localStorage.getItem(place) === 'always';
}

/** For this browser, until it is chosen anew. */
export function chooseAlwaysPicture(always: boolean): void {
  if (always) localStorage.setItem(place, 'always');
  else localStorage.removeItem(place);
}
