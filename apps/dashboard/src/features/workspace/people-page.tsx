import { PageHead } from '../../components/page-head.tsx';
import { Invitations } from './invitations.tsx';
import { Members } from './members.tsx';
import { Tokens } from './tokens.tsx';

/** Who may do what in the workspace: people by their roles, automation by its tokens. */
export function PeoplePage() {
  return (
    <>
      <PageHead title="People and tokens" />
      <Members />
      <Invitations />
      <Tokens />
    </>
  );
}
