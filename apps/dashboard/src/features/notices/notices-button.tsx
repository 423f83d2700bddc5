import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { CopyLine } from '../../components/copy-line.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import type { Named } from '../../lib/client.ts';
import { outwardApi } from '../../lib/outward-api.ts';
import { useList } from '../../lib/use-list.ts';
import { chosenWorkspace } from '../../lib/workspace-choice.ts';
import { AddNoticeDialog } from './add-notice-dialog.tsx';
import { NoticeRow } from './notice-row.tsx';

/** Leads to who is told what happens. For owners: others may not see it. */
export function NoticesButton({ session }: { readonly session: Named<'Session'> }) {
  const [open, setOpen] = useState(false);
  const { workspaces } = session;
  const current = workspaces.find(({ id }) => id === chosenWorkspace()) ?? workspaces[0];
  if (current?.role !== 'owner') return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>Notices</Button>
      {open && <NoticesDialog onClose={() => setOpen(false)} />}
    </>
  );
}

function NoticesDialog({ onClose }: { readonly onClose: () => void }) {
  const { items, problem, reload } = useList(outwardApi.webhooks);
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<Named<'WebhookWithSecret'>>();
  return (
    <Dialog title="Notices" onClose={onClose}>
      <ProblemNote problem={problem} />
      {items?.length === 0 && (
        <p className="empty">
          Nobody is told yet. Add Discord, Slack, a mailbox, or a program of yours.
        </p>
      )}
      <ul className="rows">
        {items?.map((webhook) => (
          <NoticeRow key={webhook.id} webhook={webhook} reload={reload} />
        ))}
      </ul>
      {made?.secret && (
        <>
          <CopyLine label={`Secret of ${made.name}`} value={made.secret} />
          <p className="hint">It is shown only now. Your program verifies with it.</p>
        </>
      )}
      <footer>
        <Button look="main" onClick={() => setAdding(true)}>
          Add a notice
        </Button>
      </footer>
      {adding && (
        <AddNoticeDialog
          onClose={() => setAdding(false)}
          onMade={(webhook) => {
            setAdding(false);
            setMade(webhook);
            void reload();
          }}
        />
      )}
    </Dialog>
  );
}
