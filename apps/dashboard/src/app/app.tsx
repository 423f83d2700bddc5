import { useCallback, useEffect, useState } from 'react';
import { EntryPage } from '../features/entry/entry-page.tsx';
import { SetUpPage } from '../features/entry/set-up-page.tsx';
import { SignInPage } from '../features/entry/sign-in-page.tsx';
import { StreamsPage } from '../features/streams/streams-page.tsx';
import { api } from '../lib/api.ts';
import { problemFrom } from '../lib/api-problem.ts';

/** Which page is shown. `asking`: the session is being looked up. */
type Place = 'asking' | 'unreachable' | 'set-up' | 'sign-in' | 'streams';

const setUpPath = '/setup';
const askAgainMs = 3_000;

function tokenOfLink(): string {
  return new URLSearchParams(location.search).get('token') ?? '';
}

function firstPlace(): Place {
  return location.pathname === setUpPath && tokenOfLink() !== '' ? 'set-up' : 'asking';
}

export function App() {
  const [place, setPlace] = useState<Place>(firstPlace);
  const [token] = useState(tokenOfLink);
  const signedIn = useCallback(() => {
    // The link's token is spent; it must not stay in the address bar or be bookmarked.
    history.replaceState(null, '', '/');
    setPlace('streams');
  }, []);
  const signedOut = useCallback(() => setPlace('sign-in'), []);

  useEffect(() => {
    if (place !== 'asking' && place !== 'unreachable') return undefined;
    const ask = (): void => {
      api.session().then(
        () => setPlace('streams'),
        (thrown: unknown) =>
          setPlace(problemFrom(thrown).status === 401 ? 'sign-in' : 'unreachable'),
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
    case 'sign-in':
      return <SignInPage onSignedIn={signedIn} />;
    case 'streams':
      return <StreamsPage onSignedOut={signedOut} />;
  }
}
