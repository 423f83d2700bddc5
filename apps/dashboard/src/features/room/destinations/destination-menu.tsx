import type { Destination } from '#contracts';
import { Icon } from '../../../components/icon.tsx';
import { Menu } from '../../../components/menu.tsx';
import type { MenuEntry } from '../../../components/menu.tsx';
import type { PushView } from '../../../lib/live-state.ts';
import { isOnAir, testPlatformId } from '../../../lib/push-words.ts';
import { useMay } from '../../../lib/session.ts';

/** What opens in front of the page. */
export type Opened = 'edit-key' | 'delay' | 'test' | 'watch' | 'settings' | 'remove';

interface DestinationMenuProps {
  readonly destination: Destination;
  readonly push: PushView;
  readonly onRetry: () => void;
  readonly onOpen: (what: Opened) => void;
}

/** Whether it waits, and a person may shorten that. */
export const canRetry = ({ enabled, state }: PushView): boolean =>
  enabled && (state === 'retrying' || state === 'needs_attention');

/** What else can be done. What one may not do is left out, and what cannot be done now says why. */
export function DestinationMenu(props: DestinationMenuProps) {
  const { destination, push, onRetry, onOpen } = props;
  const mayControl = useMay('live:control');
  const mayWrite = useMay('destinations:write');
  const mayTest = useMay('destinations:test');
  const isTest = destination.platform === testPlatformId;
  const isConnected = isOnAir(push) || push.state === 'draining' || push.state === 'connecting';
  const opening = (label: string, what: Opened, notNow?: string): MenuEntry => ({
    label,
    notNow,
    onPick: () => onOpen(what),
  });
  const retry: MenuEntry = {
    label: 'Retry now',
    icon: 'retry',
    shortcut: 'R',
    notNow: canRetry(push) ? undefined : 'It is not waiting for a next try.',
    onPick: onRetry,
  };
  const look = isTest
    ? opening('Watch', 'watch', isOnAir(push) ? undefined : 'Nothing is sent there now.')
    : opening('Test…', 'test', isConnected ? 'It is connected now.' : undefined);
  const entries: MenuEntry[] = [
    ...(mayControl ? [retry] : []),
    ...(mayWrite && !isTest ? [{ ...opening('Edit key…', 'edit-key'), shortcut: 'E' }] : []),
    ...(mayWrite ? [opening('Delay…', 'delay')] : []),
    ...((isTest ? mayControl : mayTest) ? [look] : []),
    ...(mayWrite
      ? [
          { ...opening('Settings…', 'settings'), icon: 'settings' } satisfies MenuEntry,
          { ...opening('Remove…', 'remove'), icon: 'close', look: 'danger' } satisfies MenuEntry,
        ]
      : []),
  ];
  if (entries.length === 0) return null;
  return (
    <Menu
      look="icon"
      label={`More about ${destination.name}`}
      button={<Icon name="more" />}
      entries={entries}
    />
  );
}
