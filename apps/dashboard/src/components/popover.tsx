import { Popover as Base } from '@base-ui/react/popover';
import type { ReactNode } from 'react';

interface PopoverProps {
  /** Of the button, for those who do not see it. */
  readonly label: string;
  readonly button: ReactNode;
  /** As an icon alone, or as a word in the text. */
  readonly look?: 'icon' | 'word';
  readonly title: string;
  readonly children: ReactNode;
}

/** More about something, for who points at it, presses it, or comes by with the keyboard. */
export function Popover({ label, button, look = 'icon', title, children }: PopoverProps) {
  return (
    <Base.Root>
      <Base.Trigger className={`button-${look}`} aria-label={label} openOnHover>
        {button}
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner
          className="layer"
          align={look === 'icon' ? 'end' : 'start'}
          sideOffset={6}
          collisionPadding={8}
        >
          <Base.Popup className="popover">
            <Base.Title className="popover-title">{title}</Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
