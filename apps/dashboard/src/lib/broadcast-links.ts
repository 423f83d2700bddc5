import { inWorkspace } from './workspace-link.ts';

/** For people: a page. */
export function reportLink(broadcastId: string): string {
  return inWorkspace(`/api/v1/broadcasts/${broadcastId}/report`);
}

/** For programs: a file. */
export function exportLink(broadcastId: string): string {
  return inWorkspace(`/api/v1/broadcasts/${broadcastId}/export`);
}
