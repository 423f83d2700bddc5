import { Link, useLocation } from 'wouter';
import { Icon } from '../components/icon.tsx';
import type { IconName } from '../components/icon.tsx';
import { Popover } from '../components/popover.tsx';
import { Toasts } from '../components/toasts.tsx';
import { Wordmark } from '../components/wordmark.tsx';
import { LiveContext, useLive } from '../lib/live.ts';
import { to } from '../lib/routes.ts';
import { SessionContext, workspaceOf } from '../lib/session.ts';
import type { Session } from '../lib/session.ts';
import { useStore } from '../lib/store.ts';
import { WorkspaceMenu } from '../features/workspace/workspace-menu.tsx';
import { AccountMenu } from './account-menu.tsx';
import { LinkBanner } from './link-banner.tsx';
import { MoreMenu } from './more-menu.tsx';
import { Rooms } from './rooms.tsx';
import { useLiveFeed } from './use-live-feed.ts';

interface ShellProps {
  readonly session: Session;
  readonly onSignedOut: () => void;
}

/** What is around every room: the way to the others, whether the page is true, and the account. */
export function Shell({ session, onSignedOut }: ShellProps) {
  const live = useLiveFeed(onSignedOut);
  return (
    <SessionContext value={session}>
      <LiveContext value={live}>
        <a className="skip-link" href="#main">
          Skip to the content
        </a>
        <header className="top">
          <Link href={to.home} className="home" aria-label="Forkcast">
            <Wordmark />
          </Link>
          <Navigation session={session} />
          <div className="top-menu">
            <WorkspaceMenu session={session} />
            <MoreMenu />
            <LinkSign />
            <AccountMenu onSignedOut={onSignedOut} />
          </div>
        </header>
        <LinkBanner />
        <main id="main" tabIndex={-1}>
          <Rooms />
        </main>
        <Toasts />
      </LiveContext>
    </SessionContext>
  );
}

interface Room {
  readonly href: string;
  readonly words: string;
  readonly icon: IconName;
}

/** What one may not do is left out. */
function roomsOf(session: Session): Room[] {
  const isOwner = workspaceOf(session)?.role === 'owner';
  return [
    { href: to.streams, words: 'Streams', icon: 'live' },
    { href: to.history, words: 'History', icon: 'past' },
    ...(isOwner
      ? [
          { href: to.people, words: 'People and tokens', icon: 'person' } satisfies Room,
          { href: to.webhooks, words: 'Notices', icon: 'bell' } satisfies Room,
        ]
      : []),
  ];
}

function Navigation({ session }: { readonly session: Session }) {
  const [location] = useLocation();
  const here = location === to.home ? to.streams : location;
  return (
    <nav className="rooms" aria-label="Rooms">
      {roomsOf(session).map(({ href, words, icon }) => (
        <Link key={href} href={href} aria-current={here.startsWith(href) ? 'page' : undefined}>
          <Icon name={icon} />
          {words}
        </Link>
      ))}
    </nav>
  );
}

/** Whether what is seen is so, or what was last heard. */
function LinkSign() {
  const { kind } = useStore(useLive().store, (state) => state.link);
  const isOpen = kind === 'open';
  return (
    <Popover
      label={isOpen ? 'Connected' : 'Not connected'}
      title={isOpen ? 'Connected' : 'Not connected'}
      button={
        <span className={isOpen ? 'tone-good link-sign' : 'tone-fair link-sign'}>
          <Icon name={isOpen ? 'linked' : 'unlinked'} />
        </span>
      }
    >
      <p>
        {isOpen
          ? 'What you see is so: changes show at once.'
          : 'What you see is what was last heard. Your broadcasts go on without this page.'}
      </p>
    </Popover>
  );
}
