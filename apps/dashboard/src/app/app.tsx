import { useCallback, useEffect, useState } from 'react';
import { EntryPage } from '../features/entry/entry-page.tsx';
import { InvitationPage } from '../features/entry/invitation-page.tsx';
import { SetUpPage } from '../features/entry/set-up-page.tsx';
import { SignInPage } from '../features/entry/sign-in-page.tsx';
import { NoticesButton } from '../features/notices/notices-button.tsx';
import { StreamsPage } from '../features/streams/streams-page.tsx';
import { PeoplePage } from '../features/workspace/people-page.tsx';
import { WorkspaceMenu } from '../features/workspace/workspace-menu.tsx';
import { api } from '../lib/api.ts';
import { problemFrom } from '../lib/api-problem.ts';
import type { Named } from '../lib/client.ts';
import { forgetWorkspace } from '../lib/workspace-choice.ts';

/** Which page is shown. `asking`: the session is being looked up. */
type Place = 'asking' | 'unreachable' | 'set-up' | 'invitation' | 'sign-in' | 'streams' | 'people';

/** Where links with a token lead. */
const linkPlaces: Readonly<Record<string, Place>> = { '/setup': 'set-up', '/invite': 'invitation' };
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
  const [session, setSession] = useState<Named<'Session'>>();
  const signedIn = useCallback(() => {
    // The link's token is spent; it must not stay in the address bar or be bookmarked.
    history.replaceState(null, '', '/');
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
          setPlace('streams');
        },
        (thrown: unknown) => {
          const { status, code } = problemFrom(thrown);
          // A choice that is no longer theirs; the next question is about their first.
          if (code === 'WORKSPACE_NOT_FOUND') forgetWorkspace();
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
      return (
        <EntryPage
          title="Forkcast does not answer"
          lead="Check that it is running. This page tries again every few seconds."
        />
      );
    case 'set-up':
      return <SetUpPage token={token} onSignedIn={signedIn} />;
    case 'invitation':
      return <InvitationPage token={token} onSignedIn={signedIn} />;
    case 'sign-in':
      return <SignInPage onSignedIn={signedIn} />;
    case 'streams':
      return (
        <StreamsPage
          onSignedOut={signedOut}
          menu={
            session && (
              <>
                <NoticesButton session={session} />
                <WorkspaceMenu session={session} onPeople={() => setPlace('people')} />
              </>
            )
          }
        />
      );
    case 'people':
      return <PeoplePage onBack={() => setPlace('streams')} />;
  }
}
