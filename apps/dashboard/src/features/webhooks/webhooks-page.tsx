import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { NotForYou } from '../../components/not-for-you.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import type { Named } from '../../lib/client.ts';
import { outwardApi } from '../../lib/outward-api.ts';
import { useSession, workspaceOf } from '../../lib/session.ts';
import { useList } from '../../lib/use-list.ts';
import { AddWebhookDialog } from './add-webhook-dialog.tsx';
import { SecretDialog } from './secret-dialogs.tsx';
import { WebhookRow } from './webhook-row.tsx';

/** Who is told what happens. */
export function WebhooksPage() {
  const isOwner = workspaceOf(useSession())?.role === 'owner';
  if (!isOwner) return <NotForYou title="Notices" whom="The owners of this workspace" />;
  return <WebhookList />;
}

function WebhookList() {
  const { items, problem, reload } = useList(outwardApi.webhooks);
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<Named<'WebhookWithSecret'>>();
  return (
    <>
      <PageHead title="Notices">
        <Button look="main" onClick={() => setAdding(true)}>
          Add a notice
        </Button>
      </PageHead>
      <p className="lead">
        Who is told when a destination fails, an encoder is gone, and the like.
      </p>
      <ProblemNote problem={problem} />
      {items === undefined && problem === undefined && <p className="quiet-start">Loading…</p>}
      {items?.length === 0 && (
        <p>Nobody is told yet. Add Discord, Slack, a mailbox, or a program of yours.</p>
      )}
      {items !== undefined && items.length > 0 && (
        <section className="card" aria-label="Who is told">
          <ul className="rows">
            {items.map((webhook) => (
              <WebhookRow key={webhook.id} webhook={webhook} reload={reload} />
            ))}
          </ul>
        </section>
      )}
      {adding && (
        <AddWebhookDialog
          onClose={() => setAdding(false)}
          onMade={(webhook) => {
            setAdding(false);
            setMade(webhook);
            void reload();
          }}
        />
      )}
      {typeof made?.secret === 'string' && (
        <SecretDialog name={made.name} secret={made.secret} onClose={() => setMade(undefined)} />
      )}
    </>
  );
}
