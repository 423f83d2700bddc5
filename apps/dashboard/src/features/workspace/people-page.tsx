import { Button } from '../../components/button.tsx';
import { Wordmark } from '../../components/wordmark.tsx';
import { Invitations } from './invitations.tsx';
import { Members } from './members.tsx';
import { Tokens } from './tokens.tsx';

/** Who may do what in the workspace: people by their roles, automation by its tokens. */
export function PeoplePage({ onBack }: { readonly onBack: () => void }) {
  return (
    <>
      <header className="top">
        <Wordmark />
        <Button onClick={onBack}>Back to the streams</Button>
      </header>
      <main>
        <div className="page-head">
          <h1>People and tokens</h1>
        </div>
        <Members />
        <Invitations />
        <Tokens />
      </main>
    </>
  );
}
