import { Menu as Base } from '@base-ui/react/menu';
import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';
import type { IconName } from './icon.tsx';

export interface MenuEntry {
  readonly label: string;
  readonly icon?: IconName;
  /** It is the one of several that holds now. */
  readonly chosen?: boolean;
  /** Why it cannot be done now. It stays, so that one finds it where it was. */
  readonly notNow?: string | undefined;
  readonly look?: 'plain' | 'danger';
  /** The key that does the same where the menu belongs to. */
  readonly shortcut?: string;
  readonly onPick: () => void;
}

interface MenuProps {
  /** Of the button, for those who do not see it. */
  readonly label: string;
  readonly button: ReactNode;
  readonly look?: 'plain' | 'icon';
  readonly entries: readonly MenuEntry[];
}

/** A button that opens a list of deeds. */
export function Menu({ label, button, look = 'plain', entries }: MenuProps) {
  return (
    <Base.Root>
      <Base.Trigger
        className={look === 'icon' ? 'button-icon' : 'button button-plain'}
        aria-label={label}
      >
        {button}
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner className="layer" align="end" sideOffset={6} collisionPadding={8}>
          <Base.Popup className="menu">
            {entries.map((entry) => (
              <Item key={entry.label} entry={entry} />
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function Item({ entry }: { readonly entry: MenuEntry }) {
  const { label, icon, chosen, notNow, look = 'plain', shortcut, onPick } = entry;
  const shown = chosen === true ? 'check' : icon;
  return (
    <Base.Item
      className={`menu-item menu-item-${look}`}
      disabled={notNow !== undefined}
      aria-keyshortcuts={shortcut}
      onClick={onPick}
    >
      <span className="menu-icon">{shown && <Icon name={shown} />}</span>
      <span>
        {label}
        {chosen === true && <span className="unseen"> (chosen)</span>}
        {notNow !== undefined && <span className="hint">{notNow}</span>}
      </span>
      {shortcut !== undefined && <kbd aria-hidden="true">{shortcut}</kbd>}
    </Base.Item>
  );
}
