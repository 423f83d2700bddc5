import { chosenWorkspace } from './workspace-choice.ts';

/** A link or a picture cannot say in a header which workspace it means. */
export function inWorkspace(path: string): string {
  const workspace = chosenWorkspace();
  return workspace === undefined ? path : `${path}?workspace=${encodeURIComponent(workspace)}`;
}
