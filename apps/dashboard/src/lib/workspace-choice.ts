/** Survives a reload of the page, not the browser's end: whoever signs in next starts anew. */
const place = 'forkcast.workspace';

/** The workspace that this page is about; undefined: the person's first. */
export function chosenWorkspace(): string | undefined {
  return sessionStorage.getItem(place) ?? undefined;
}

/** Everything that is shown is of one workspace: the page begins anew. */
export function chooseWorkspace(id: string): void {
  sessionStorage.setItem(place, id);
  location.assign('/');
}

/** When the choice is no longer theirs, or somebody else signs in. */
export function forgetWorkspace(): void {
  sessionStorage.removeItem(place);
}
