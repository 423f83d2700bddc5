import { chosenWorkspace } from './workspace-choice.ts';

/** A link or a picture cannot say in a header which workspace it means. */
export function inWorkspace(path: string, query: Readonly<Record<string, string>> = {}): string {
  const workspace = chosenWorkspace();
  const all = { ...query, ...(workspace !== undefined && { workspace }) };
  const asked = new URLSearchParams(all).toString();
  return asked === '' ? path : `${path}?${asked}`;
}
