import { Choice } from '../../components/choice.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { accountApi } from '../../lib/account-api.ts';
import { useResource } from '../../lib/resource.ts';
import { useSession } from '../../lib/session.ts';
import { chooseTheme, themeFrom, themes, useTheme } from '../../lib/theme.ts';
import { Password } from './password.tsx';
import { Sessions } from './sessions.tsx';

/** One's own account: the password, where one is signed in, and how this browser shows the page. */
export function AccountPage() {
  const { user } = useSession();
  const { state, reload } = useResource(accountApi.sessions);
  return (
    <>
      <PageHead title="Account" />
      {user !== null && <p className="lead">You are signed in as {user.email}.</p>}
      {user !== null && <Password email={user.email} onChanged={reload} />}
      <Sessions sessions={state} reload={reload} />
      <Colours />
    </>
  );
}

function Colours() {
  const theme = useTheme();
  return (
    <section className="card" aria-labelledby="colours">
      <h2 id="colours">Colours</h2>
      <Choice
        label="Show this page in"
        options={themes}
        value={theme}
        onChange={({ target }) => chooseTheme(themeFrom(target.value))}
        hint="For this browser alone."
      />
    </section>
  );
}
