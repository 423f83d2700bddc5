import { useState } from 'react';
import { to } from '../lib/routes.ts';
import { inWorkspace } from '../lib/workspace-link.ts';
import { Button } from './button.tsx';
import { CopyLine } from './copy-line.tsx';
import { Dialog } from './dialog.tsx';

interface DockAddressProps {
  readonly streamId: string;
}

/** The address of what is made for a window inside OBS. */
export function DockAddress({ streamId }: DockAddressProps) {
  const address = new URL(inWorkspace(to.dock(streamId)), location.origin).href;
  return (
    <>
      <p>
        In OBS open <b>Docks → Custom Browser Docks…</b> and enter this address. You sign in once
        inside the dock; the address itself opens nothing.
      </p>
      <CopyLine label="Dock address" value={address} />
    </>
  );
}

/** The same behind a button, for a room that has no place for it. */
export function DockButton({ streamId }: DockAddressProps) {
  const [open, setOpen] = useState(false);
  const close = (): void => setOpen(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Dock for OBS</Button>
      {open && (
        <Dialog title="Dock for OBS" onClose={close}>
          <DockAddress streamId={streamId} />
          <footer>
            <Button look="main" onClick={close}>
              Done
            </Button>
          </footer>
        </Dialog>
      )}
    </>
  );
}
