import { to } from '../../lib/routes.ts';
import { forgetWorkspace } from '../../lib/workspace-choice.ts';

/** After what the page was about is gone, or one's own rights are others: all begins anew. */
export function leaveRemoved(): void {
  forgetWorkspace();
  location.assign(to.home);
}
