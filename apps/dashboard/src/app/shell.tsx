import type { Permission } from '#control';
import type { ReactNode } from 'react';
import { Link, useLocation, useRoute } from 'wouter';
import { Icon } from '../components/icon.tsx';
import type { IconName } from '../components/icon.tsx';
import { Popover } from '../components/popover.tsx';
import { Toasts } from '../components/toasts.tsx';
import { Wordmark } from '../components/wordmark.tsx';
import { LiveContext, useLink } from '../lib/live.ts';
import { lostSince } from '../lib/live-state.ts';
import type { Link as LiveLink } from '../lib/live-state.ts';
import { to } from '../lib/routes.ts';
import { SessionContext, useSession, workspaceOf } from '../lib/session.ts';
import type { Session } from '../lib/session.ts';
import { useNow } from '../lib/use-now.ts';
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
  const [isDock] = useRoute(to.dock(':stream'));
  return (
    <SessionContext value={session}>
      <LiveContext value={live}>
        {isDock ? <Bare /> : <Framed session={session} onSignedOut={onSignedOut} />}
        <Toasts />
      </LiveContext>
    </SessionContext>
  );
}

/** In a window of OBS there is room for the room alone, and no way to others. */
function Bare() {
  return (
    <Main look="dock">
      <LinkBanner />
      <Rooms />
    </Main>
  );
}

function Framed({ session, onSignedOut }: ShellProps) {
  const [isRoom] = useRoute(to.stream(':stream'));
  return (
    <div className={isRoom ? 'frame-room' : 'frame'}>
      <a className="skip-link" href="#main">
        Skip to the content
      </a>
      <header className="top">
        <Link href={to.home} className="home" aria-label="Forkcast">
          <Wordmark />
        </Link>
        <Navigation />
        <div className="top-menu">
          <WorkspaceMenu session={session} />
          <MoreMenu />
          <LinkSign />
          <AccountMenu onSignedOut={onSignedOut} />
        </div>
      </header>
      <LinkBanner />
      <Main look="framed">
        <Rooms />
      </Main>
    </div>
  );
}

interface MainProps {
  readonly look: 'framed' | 'dock';
  readonly children: ReactNode;
}

/** While the page is out of date its states and figures lose their colour. */
function Main({ look, children }: MainProps) {
  const isOld = lostSince(useLink(), useNow()) !== null;
  return (
    <main id="main" className={isOld ? `${look} is-old` : look} tabIndex={-1}>
      {children}
    </main>
  );
}

interface Room {
  readonly href: string;
  readonly words: string;
  /** Where there is room for it. */
  readonly more?: string;
  readonly icon: IconName;
  /** Any of these. */
  readonly needs: readonly Permission[];
}

const rooms: readonly Room[] = [
  { href: to.streams, words: 'Streams', icon: 'live', needs: ['streams:read'] },
  { href: to.history, words: 'History', icon: 'past', needs: ['history:read'] },
  {
    href: to.people,
    words: 'People',
    more: ' and tokens',
    icon: 'person',
    needs: ['members:manage', 'tokens:manage'],
  },
  { href: to.webhooks, words: 'Notices', icon: 'bell', needs: ['webhooks:manage'] },
];

/** What one may not do is left out. */
function Navigation() {
  const [location] = useLocation();
  const here = location === to.home ? to.streams : location;
  const held = workspaceOf(useSession())?.permissions ?? [];
  return (
    <nav className="rooms" aria-label="Rooms">
      {rooms
        .filter(({ needs }) => needs.some((permission) => held.includes(permission)))
        .map(({ href, words, more, icon }) => (
          <Link key={href} href={href} aria-current={here.startsWith(href) ? 'page' : undefined}>
            <Icon name={icon} />
            <span>
              {words}
              {more !== undefined && <span className="if-wide">{more}</span>}
            </span>
          </Link>
        ))}
    </nav>
  );
}

interface LinkWords {
  readonly title: string;
  readonly text: string;
}

const notConnected: LinkWords = {
  title: 'Not connected',
  text: 'What you see is what was last heard. Your broadcasts go on without this page.',
};

const linkWords: Readonly<Record<LiveLink['kind'], LinkWords>> = {
  open: { title: 'Connected', text: 'What you see is so: changes show at once.' },
  asking: {
    title: 'Asks every 5 s',
    text: 'This page is open in too many windows to be told at once. Close some of them.',
  },
  connecting: notConnected,
  lost: notConnected,
};

/** Whether what is seen is so, or what was last heard. */
function LinkSign() {
  const { kind } = useLink();
  const { title, text } = linkWords[kind];
  const isOpen = kind === 'open';
  return (
    <Popover
      label={title}
      title={title}
      button={
        <span className={isOpen ? 'tone-good link-sign' : 'tone-fair link-sign'}>
          <Icon name={isOpen ? 'linked' : 'unlinked'} />
        </span>
      }
    >
      <p>{text}</p>
    </Popover>
  );
}
