/** Survives a reload of the page, not the browser's end: whoever signs in next starts anew. */
const place = 'forkcast.workspace';

/** The workspace that this page is about; undefined: the person's first. */
export function chosenWorkspace(): string | undefined {
  return workspaceOfDock() ?? sessionStorage.getItem(place) ?? undefined;
}

/** A dock is opened by its address alone, in a browser that nobody has chosen anything in. */
function workspaceOfDock(): string | undefined {
  if (!location.pathname.startsWith('/dock/')) return undefined;
  return new URLSearchParams(location.search).get('workspace') ?? undefined;
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

/** When it turned out that they are not in it. */
export function leaveWorkspace(): void {
  forgetWorkspace();
  if (workspaceOfDock() !== undefined) history.replaceState(null, '', location.pathname);
}
