import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { CopyLine } from './copy-line.tsx';
import { Dialog } from './dialog.tsx';

interface ShownOnceProps {
  readonly title: string;
  readonly label: string;
  readonly value: string;
  readonly onClose: () => void;
  /** That it is not shown again, and what it is for. */
  readonly children: ReactNode;
}

/** A secret that was just made. It is nowhere in the page once this is closed. */
export function ShownOnce({ title, label, value, onClose, children }: ShownOnceProps) {
  return (
    <Dialog title={title} onClose={onClose}>
      <CopyLine label={label} value={value} />
      <p>{children}</p>
      <footer>
        <Button look="main" onClick={onClose}>
          Done
        </Button>
      </footer>
    </Dialog>
  );
}
