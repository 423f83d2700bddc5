import { useCallback, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { NotForYou } from '../../components/not-for-you.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import type { Named } from '../../lib/client.ts';
import { outwardApi } from '../../lib/outward-api.ts';
import { useResource } from '../../lib/resource.ts';
import { to } from '../../lib/routes.ts';
import { useSession, workspaceOf } from '../../lib/session.ts';
import type { Tagged } from '../../lib/tagged.ts';
import { toasts } from '../../lib/toasts.ts';
import { useAction } from '../../lib/use-action.ts';
import { Deliveries } from './deliveries.tsx';
import { EditWebhookDialog } from './edit-webhook-dialog.tsx';
import { NewSecretDialog, SecretDialog } from './secret-dialogs.tsx';
import { eventWords, formatWordsOf } from './webhook-words.ts';

interface WebhookPageProps {
  readonly params: { readonly id: string };
}

/** One that is told: what it is told of, what became of that, and what can be done with it. */
export function WebhookPage({ params }: WebhookPageProps) {
  const isOwner = workspaceOf(useSession())?.role === 'owner';
  if (!isOwner) return <NotForYou title="Notice" whom="The owners of this workspace" />;
  return <OneWebhook key={params.id} id={params.id} />;
}

function OneWebhook({ id }: { readonly id: string }) {
  const load = useCallback(() => outwardApi.webhook(id), [id]);
  const { state, reload } = useResource(load);
  return (
    <>
      <PageHead title={state.kind === 'ready' ? state.value.value.name : 'Notice'} />
      <p>
        <Link href={to.webhooks}>All notices</Link>
      </p>
      {state.kind === 'loading' && <p className="quiet-start">Loading…</p>}
      {state.kind !== 'loading' && <ProblemNote problem={state.problem} />}
      {state.kind === 'ready' && (
        <>
          <Settings seen={state.value} reload={reload} />
          <Deliveries webhook={state.value.value} />
        </>
      )}
    </>
  );
}

interface SettingsProps {
  readonly seen: Tagged<Named<'Webhook'>>;
  readonly reload: () => void;
}

function Settings({ seen, reload }: SettingsProps) {
  const { format, targetHint, enabled, disabledReason, kinds } = seen.value;
  return (
    <section className="card" aria-label="Settings">
      <p>
        {formatWordsOf(format)}, {targetHint}
        {enabled ? '' : ' (off)'}
      </p>
      {disabledReason !== null && <p className="note note-fair">{disabledReason}</p>}
      <ul aria-label="Told of">
        {kinds.map((kind) => (
          <li key={kind}>{eventWords[kind]}</li>
        ))}
      </ul>
      <Deeds seen={seen} reload={reload} />
    </section>
  );
}

function Deeds({ seen, reload }: SettingsProps) {
  const { id, name, format, enabled } = seen.value;
  const [, navigate] = useLocation();
  const [asked, setAsked] = useState<'edit' | 'secret' | 'remove'>();
  const [secret, setSecret] = useState<string>();
  const { busy, problem, run } = useAction();
  // Also after a refusal: somebody else may have changed it.
  const done = (): void => {
    setAsked(undefined);
    reload();
  };
  const turn = (): void =>
    run(async () => {
      await outwardApi.switchWebhook(id, !enabled);
      reload();
    });
  const remove = (): void =>
    run(async () => {
      setAsked(undefined);
      await outwardApi.removeWebhook(id);
      toasts.say(`${name} is told nothing any more.`);
      navigate(to.webhooks);
    });
  return (
    <>
      <ProblemNote problem={problem} />
      <div className="deeds">
        <Button onClick={() => setAsked('edit')}>Edit</Button>
        <Button busy={busy} onClick={turn}>
          {enabled ? 'Turn off' : 'Turn on'}
        </Button>
        {format === 'standard' && <Button onClick={() => setAsked('secret')}>New secret</Button>}
        <Button busy={busy} look="danger" onClick={() => setAsked('remove')}>
          Remove
        </Button>
      </div>
      {asked === 'edit' && <EditWebhookDialog seen={seen} onClose={done} onChanged={done} />}
      {asked === 'secret' && (
        <NewSecretDialog
          webhook={seen.value}
          onClose={done}
          onMade={(made) => {
            done();
            setSecret(made);
          }}
        />
      )}
      {secret !== undefined && (
        <SecretDialog name={name} secret={secret} onClose={() => setSecret(undefined)} />
      )}
      {asked === 'remove' && (
        <ConfirmDialog
          title={`Remove ${name}?`}
          text="What still waits for it is given up, and its secret is forgotten."
          verb="Remove"
          onClose={() => setAsked(undefined)}
          onConfirm={remove}
        />
      )}
    </>
  );
}
