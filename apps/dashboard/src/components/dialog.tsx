import { Dialog as Base } from '@base-ui/react/dialog';
import { useRef } from 'react';
import type { ReactNode } from 'react';
import { IconButton } from './icon-button.tsx';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** What one came for: the first field, or else the button that goes on. */
const firstToFill =
  'input:not([readonly]):not([type=hidden]), select, textarea, footer button, button';

/**
 * Something in front of the page. Keeps the focus inside, knows Escape, and gives the focus back
 * to what opened it. A press beside it does nothing: it would throw away what was filled in.
 * Its content is in the page only after who opened it has been drawn: what needs an element of it
 * in an effect is a component inside.
 */
export function Dialog({ title, onClose, children }: DialogProps) {
  const popup = useRef<HTMLDivElement>(null);
  const first = (): HTMLElement | null =>
    popup.current?.querySelector<HTMLElement>(`.dialog-body :is(${firstToFill})`) ?? popup.current;
  return (
    <Base.Root open disablePointerDismissal onOpenChange={(open) => open || onClose()}>
      <Base.Portal>
        <Base.Backdrop className="backdrop" />
        <Base.Popup ref={popup} className="dialog" initialFocus={first}>
          <header>
            <Base.Title>{title}</Base.Title>
            <IconButton icon="close" label="Close" onClick={onClose} />
          </header>
          <div className="dialog-body">{children}</div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
