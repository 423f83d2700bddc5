import { useState } from 'react';
import { useLocation } from 'wouter';
import { Icon } from '../components/icon.tsx';
import { Menu } from '../components/menu.tsx';
import { api } from '../lib/api.ts';
import { to } from '../lib/routes.ts';
import { useSession } from '../lib/session.ts';
import { chooseTheme, themes, useTheme } from '../lib/theme.ts';
import { toasts } from '../lib/toasts.ts';
import { KeysHelp } from './keys-help.tsx';

/** What is one's own: the account, the colours, and the way out. */
export function AccountMenu({ onSignedOut }: { readonly onSignedOut: () => void }) {
  const { user } = useSession();
  const [, navigate] = useLocation();
  const theme = useTheme();
  const [askingKeys, setAskingKeys] = useState(false);
  const signOut = async (): Promise<void> => {
    try {
      await api.signOut();
    } catch (thrown) {
      toasts.fail(thrown, 'Signing out');
      return;
    }
    navigate(to.home, { replace: true });
    onSignedOut();
  };
  return (
    <>
      <Menu
        label="Account"
        button={<Icon name="person" />}
        entries={[
          { label: user?.email ?? 'Account', icon: 'person', onPick: () => navigate(to.account) },
          ...themes.map(([value, words]) => ({
            label: words,
            chosen: value === theme,
            onPick: () => chooseTheme(value),
          })),
          { label: 'Keys', icon: 'keys', onPick: () => setAskingKeys(true) },
          { label: 'Sign out', icon: 'leave', onPick: () => void signOut() },
        ]}
      />
      {askingKeys && <KeysHelp onClose={() => setAskingKeys(false)} />}
    </>
  );
}
