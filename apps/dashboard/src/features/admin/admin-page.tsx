import { Link } from 'wouter';
import { NotForYou } from '../../components/not-for-you.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { to } from '../../lib/routes.ts';
import { useSession } from '../../lib/session.ts';
import { Platforms } from './platforms.tsx';
import { Settings } from './settings.tsx';
import { System } from './system.tsx';
import { Users } from './users.tsx';
import { Workspaces } from './workspaces.tsx';
import '../../components/parts.css';
import './admin.css';

const parts = [
  { part: 'system', words: 'System', Part: System },
  { part: 'workspaces', words: 'Workspaces', Part: Workspaces },
  { part: 'users', words: 'Users', Part: Users },
  { part: 'platforms', words: 'Platforms', Part: Platforms },
  { part: 'settings', words: 'Settings', Part: Settings },
] as const;

interface AdminPageProps {
  readonly params: { readonly part?: string };
}

/** The whole instance, for those who run it. */
export function AdminPage({ params }: AdminPageProps) {
  const isAdmin = useSession().user?.isInstanceAdmin === true;
  if (!isAdmin) return <NotForYou title="Administration" whom="Those who run this Forkcast" />;
  const here =
    params.part === undefined ? parts[0] : parts.find(({ part }) => part === params.part);
  return (
    <>
      <PageHead title="Administration" />
      <nav className="parts" aria-label="Administration">
        {parts.map(({ part, words }) => (
          <Link
            key={words}
            href={to.adminPart(part)}
            aria-current={part === here?.part ? 'page' : undefined}
          >
            {words}
          </Link>
        ))}
      </nav>
      {here === undefined ? <p>There is nothing here.</p> : <here.Part />}
    </>
  );
}
