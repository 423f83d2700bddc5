import { NotForYou } from '../../components/not-for-you.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { useMay } from '../../lib/session.ts';
import { Invitations } from './invitations.tsx';
import { Members } from './members.tsx';
import { Tokens } from './tokens.tsx';
import { WorkspaceName } from './workspace-name.tsx';

const title = 'People and tokens';

/** Who may do what in the workspace: people by their roles, automation by its tokens. */
export function PeoplePage() {
  const mayManagePeople = useMay('members:manage');
  const mayManageTokens = useMay('tokens:manage');
  const mayNameWorkspace = useMay('workspace:manage');
  if (!mayManagePeople && !mayManageTokens) {
    return <NotForYou title={title} whom="The owners of this workspace" />;
  }
  return (
    <>
      <PageHead title={title} />
      {mayManagePeople && <Members />}
      {mayManagePeople && <Invitations />}
      {mayManageTokens && <Tokens />}
      {mayNameWorkspace && <WorkspaceName />}
    </>
  );
}
