import type { Destination } from '#contracts';
import { useEffect, useRef, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { playFlv } from '../../lib/flv-player.ts';
import { chosenWorkspace } from '../../lib/workspace-choice.ts';

interface PreviewProps {
  readonly destination: Destination;
}

/** What a test destination is sent, to be looked at. */
export function Preview({ destination }: PreviewProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)} aria-label={`Watch ${destination.name}`}>
        Watch
      </Button>
      {open && (
        <Dialog title={`What ${destination.name} is sent`} onClose={() => setOpen(false)}>
          <Picture destination={destination} />
        </Dialog>
      )}
    </>
  );
}

/** Inside the dialog, whose content stands in the page only after the dialog itself does. */
function Picture({ destination: { id } }: PreviewProps) {
  const video = useRef<HTMLVideoElement>(null);
  const [fault, setFault] = useState<string>();
  useEffect(() => {
    const element = video.current;
    if (element === null) return undefined;
    let stop = (): void => undefined;
    let shown = true;
    playFlv(element, previewUrl(id), (message) => shown && setFault(message))
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
      <video ref={video} className="preview" muted autoPlay playsInline controls />
      {fault !== undefined && <p className="note note-fair">{fault}</p>}
      <p className="hint">It goes nowhere else. The sound is off until you turn it on.</p>
    </>
  );
}

function previewUrl(id: string): string {
  const workspace = chosenWorkspace();
  const query = workspace === undefined ? '' : `?workspace=${encodeURIComponent(workspace)}`;
  return `/api/v1/destinations/${id}/preview${query}`;
}
