import { Popover as Base } from '@base-ui/react/popover';
import type { ReactNode } from 'react';

interface PopoverProps {
  /** Of the button, for those who do not see it. */
  readonly label: string;
  readonly button: ReactNode;
  readonly title: string;
  readonly children: ReactNode;
}

/** More about something, for who points at it, presses it, or comes by with the keyboard. */
export function Popover({ label, button, title, children }: PopoverProps) {
  return (
    <Base.Root>
      <Base.Trigger className="button-icon" aria-label={label} openOnHover>
        {button}
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner className="layer" align="end" sideOffset={6} collisionPadding={8}>
          <Base.Popup className="popover">
            <Base.Title className="popover-title">{title}</Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
