import { useCallback, useRef, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { useResource } from '../../lib/resource.ts';
import { settingsApi } from '../../lib/settings-api.ts';
import { toasts } from '../../lib/toasts.ts';
import { useAction } from '../../lib/use-action.ts';
import { parts } from './settings-parts.ts';
import { focusOn, SettingsSection } from './settings-section.tsx';

interface SlateProps {
  readonly streamId: string;
  readonly mayWrite: boolean;
}

/** The picture for the time without an encoder. */
export function Slate({ streamId, mayWrite }: SlateProps) {
  const load = useCallback(() => settingsApi.hasSlate(streamId), [streamId]);
  const { state, reloaded } = useResource(load);
  const isThere = state.kind === 'ready' && state.value;
  return (
    <SettingsSection part={parts.slate}>
      <p className="hint">
        Viewers are shown this picture while the encoder is away, in place of the last one that it
        sent.
      </p>
      {state.kind !== 'loading' && <ProblemNote problem={state.problem} />}
      {state.kind === 'ready' && !isThere && (
        <p className="empty">None yet. While the encoder is away, its last picture stands still.</p>
      )}
      <SlateForm streamId={streamId} isThere={isThere} mayWrite={mayWrite} reloaded={reloaded} />
    </SettingsSection>
  );
}

interface SlateFormProps extends SlateProps {
  readonly isThere: boolean;
  readonly reloaded: () => Promise<void>;
}

function SlateForm({ streamId, isThere, mayWrite, reloaded }: SlateFormProps) {
  const { busy, problem, run } = useAction();
  const form = useRef<HTMLFormElement>(null);
  /** Another picture has the same path: the browser would show the one that it has. */
  const [seenAt, setSeenAt] = useState(Date.now);
  const save = (fields: FormData): void =>
    run(async () => {
      const picture = fields.get('slate');
      if (!(picture instanceof Blob) || picture.size === 0) return;
      await settingsApi.putSlate(streamId, picture);
      form.current?.reset();
      setSeenAt(Date.now());
      await reloaded();
      toasts.say('The slate was saved.');
    });
  const remove = (): void =>
    run(async () => {
      await settingsApi.removeSlate(streamId);
      await reloaded();
      toasts.say('The slate was removed.');
      focusOn(parts.slate);
    });
  return (
    <form
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        save(new FormData(event.currentTarget));
      }}
    >
      {isThere && (
        <img
          className="slate"
          src={settingsApi.slateLink(streamId, seenAt)}
          alt="The present slate"
        />
      )}
      <ProblemNote problem={problem} />
      {mayWrite && (
        <>
          <Field
            label={isThere ? 'Another slate' : 'Slate'}
            name="slate"
            type="file"
            accept="image/png,image/jpeg"
            required
            hint="PNG or JPEG, to 5 MiB."
          />
          <div className="deeds">
            <Button type="submit" look="main" busy={busy}>
              {busy ? 'Saving…' : 'Use this picture'}
            </Button>
            {isThere && (
              <Button busy={busy} onClick={remove}>
                Remove the slate
              </Button>
            )}
          </div>
        </>
      )}
    </form>
  );
}
