import { chosenWorkspace } from './workspace-choice.ts';

/** For people: a page. */
export function reportLink(broadcastId: string): string {
  return linkTo(broadcastId, 'report');
}

/** For programs: a file. */
export function exportLink(broadcastId: string): string {
  return linkTo(broadcastId, 'export');
}

/** A link cannot say in a header which workspace it means. */
function linkTo(broadcastId: string, what: string): string {
  const workspace = chosenWorkspace();
  const query = workspace === undefined ? '' : `?workspace=${encodeURIComponent(workspace)}`;
  return `/api/v1/broadcasts/${broadcastId}/${what}${query}`;
}
