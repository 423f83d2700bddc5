import { Button } from '../../components/button.tsx';
import type { ApiProblem } from '../../lib/api-problem.ts';
import { to } from '../../lib/routes.ts';
import { EntryPage } from './entry-page.tsx';

interface GoneLinkProps {
  readonly problem: Pick<ApiProblem, 'status' | 'message'>;
}

/** Behind a link that was used or has ended, with why and where to get another. */
export function GoneLink({ problem: { status, message } }: GoneLinkProps) {
  const isRefused = status >= 400 && status < 500 && status !== 429;
  return (
    <EntryPage
      title={isRefused ? 'This link does not work any more' : 'This cannot be shown now'}
      lead={message}
    >
      {isRefused ? (
        <p>
          <a href={to.home}>Sign in</a>, if you have an account here.
        </p>
      ) : (
        <Button onClick={() => location.reload()}>Try again</Button>
      )}
    </EntryPage>
  );
}
