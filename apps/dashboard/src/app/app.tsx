import { useCallback, useEffect, useState } from 'react';
import { EntryPage } from '../features/entry/entry-page.tsx';
import { InvitationPage } from '../features/entry/invitation-page.tsx';
import { ResetPage } from '../features/entry/reset-page.tsx';
import { SetUpPage } from '../features/entry/set-up-page.tsx';
import { SignInPage } from '../features/entry/sign-in-page.tsx';
import { api } from '../lib/api.ts';
import { problemFrom } from '../lib/api-problem.ts';
import { to } from '../lib/routes.ts';
import type { Session } from '../lib/session.ts';
import { forgetWorkspace, leaveWorkspace } from '../lib/workspace-choice.ts';
import { Shell } from './shell.tsx';

/** Who is here. `asking`: the session is being looked up. Inside, the address says where. */
type Place = 'asking' | 'unreachable' | LinkPlace | 'sign-in' | 'inside';
type LinkPlace = 'set-up' | 'invitation' | 'reset';

/** Where links with a token lead. */
const linkPlaces: Readonly<Record<string, LinkPlace>> = {
  '/setup': 'set-up',
  '/invite': 'invitation',
  '/reset': 'reset',
};
const askAgainMs = 3_000;

function tokenOfLink(): string {
  return new URLSearchParams(location.search).get('token') ?? '';
}

function firstPlace(): Place {
  const place = linkPlaces[location.pathname];
  return place !== undefined && tokenOfLink() !== '' ? place : 'asking';
}

export function App() {
  const [place, setPlace] = useState<Place>(firstPlace);
  const [token] = useState(tokenOfLink);
  const [session, setSession] = useState<Session>();
  // What the server said of itself; nothing where there was no answer at all.
  const [trouble, setTrouble] = useState<string>();
  const signedIn = useCallback(() => {
    // The link's token is spent; it must not stay in the address bar or be bookmarked.
    if (location.pathname in linkPlaces) history.replaceState(null, '', to.home);
    // Another person may have another first workspace.
    forgetWorkspace();
    setPlace('asking');
  }, []);
  const signedOut = useCallback(() => setPlace('sign-in'), []);

  useEffect(() => {
    if (place !== 'asking' && place !== 'unreachable') return undefined;
    const ask = (): void => {
      api.session().then(
        (answer) => {
          setSession(answer);
          setPlace('inside');
        },
        (thrown: unknown) => {
          const { status, code, message } = problemFrom(thrown);
          setTrouble(status === 503 ? message : undefined);
          // A choice that is no longer theirs; the next question is about their first.
          if (code === 'WORKSPACE_NOT_FOUND') leaveWorkspace();
          else setPlace(status === 401 ? 'sign-in' : 'unreachable');
        },
      );
    };
    if (place === 'asking') ask();
    const timer = setInterval(ask, askAgainMs);
    return () => clearInterval(timer);
  }, [place]);

  switch (place) {
    case 'asking':
      return <p className="quiet-start">Loading…</p>;
    case 'unreachable':
      return <Unreachable trouble={trouble} />;
    case 'set-up':
      return <SetUpPage token={token} onSignedIn={signedIn} />;
    case 'invitation':
      return <InvitationPage token={token} onSignedIn={signedIn} />;
    case 'reset':
      return <ResetPage token={token} onSignedIn={signedIn} />;
    case 'sign-in':
      return <SignInPage onSignedIn={signedIn} />;
    case 'inside':
      return session && <Shell session={session} onSignedOut={signedOut} />;
  }
}

function Unreachable({ trouble }: { readonly trouble: string | undefined }) {
  const again = 'This page tries again every few seconds.';
  if (trouble !== undefined) {
    const lead = `${trouble} Broadcasts that are live go on. ${again}`;
    return <EntryPage title="Forkcast is not ready" lead={lead} />;
  }
  return <EntryPage title="Forkcast does not answer" lead={`Check that it is running. ${again}`} />;
}
