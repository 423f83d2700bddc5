import { useState } from 'react';
import { useLocation } from 'wouter';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { useLive } from '../../lib/live.ts';
import { to } from '../../lib/routes.ts';
import { settingsApi } from '../../lib/settings-api.ts';
import { toasts } from '../../lib/toasts.ts';
import { useAction } from '../../lib/use-action.ts';
import { parts } from './settings-parts.ts';
import { SettingsSection } from './settings-section.tsx';
import { useIsOn } from './use-is-on.ts';

interface DeleteStreamProps {
  readonly stream: { readonly id: string; readonly name: string };
}

/** The end of a stream, its keys and its destinations. */
export function DeleteStream({ stream: { id, name } }: DeleteStreamProps) {
  const { refresh } = useLive();
  const [, navigate] = useLocation();
  const isOn = useIsOn(id);
  const [asking, setAsking] = useState(false);
  const { busy, problem, run } = useAction();
  const remove = (): void =>
    run(async () => {
      setAsking(false);
      await settingsApi.removeStream(id);
      toasts.say(`${name} was deleted.`);
      navigate(to.streams);
      await refresh();
    });
  const consequences = 'Its keys, destinations and schedules go with it. Its history stays.';
  return (
    <SettingsSection part={parts.remove}>
      <p className="hint">{consequences}</p>
      <ProblemNote problem={problem} />
      <div className="deeds">
        <Button look="danger" busy={busy} onClick={() => setAsking(true)}>
          Delete {name}
        </Button>
      </div>
      {asking && (
        <ConfirmDialog
          title={`Delete ${name}?`}
          text={
            isOn
              ? `It is live: the broadcast ends now, on every platform. ${consequences}`
              : consequences
          }
          verb={`Delete ${name}`}
          onConfirm={remove}
          onClose={() => setAsking(false)}
        />
      )}
    </SettingsSection>
  );
}
