import type { Destination } from '#contracts';
import { useEffect, useRef, useState } from 'react';
import { Dialog } from '../../../components/dialog.tsx';
import { playFlv } from '../../../lib/flv-player.ts';
import { inWorkspace } from '../../../lib/workspace-link.ts';
import './dialogs.css';

interface WatchDialogProps {
  readonly destination: Destination;
  readonly onClose: () => void;
}

/** What a test destination is sent, to be looked at. */
export function WatchDialog({ destination, onClose }: WatchDialogProps) {
  return (
    <Dialog title={`What ${destination.name} is sent`} onClose={onClose}>
      <Picture id={destination.id} />
    </Dialog>
  );
}

/** Inside the dialog, whose content stands in the page only after the dialog itself does. */
function Picture({ id }: { readonly id: string }) {
  const video = useRef<HTMLVideoElement>(null);
  const [fault, setFault] = useState<string>();
  useEffect(() => {
    const element = video.current;
    if (element === null) return undefined;
    let stop = (): void => undefined;
    let shown = true;
    playFlv(
      element,
      inWorkspace(`/api/v1/destinations/${id}/preview`),
      (message) => shown && setFault(message),
    )
      .then((end) => {
        stop = end;
        if (!shown) end();
      })
      .catch(() => setFault('The player cannot be loaded.'));
    return () => {
      shown = false;
      stop();
    };
  }, [id]);
  return (
    <>
      <video ref={video} className="watched" muted autoPlay playsInline controls />
      {fault !== undefined && <p className="note note-fair">{fault}</p>}
      <p className="hint">It goes nowhere else. The sound is off until you turn it on.</p>
    </>
  );
}
