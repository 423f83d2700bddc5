import { useCallback, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Choice } from '../../components/choice.tsx';
import { Field } from '../../components/field.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { Tick } from '../../components/tick.tsx';
import { problemFrom } from '../../lib/api-problem.ts';
import type { ApiProblem } from '../../lib/api-problem.ts';
import type { Named } from '../../lib/client.ts';
import { useLive } from '../../lib/live.ts';
import { useResource } from '../../lib/resource.ts';
import { settingsApi } from '../../lib/settings-api.ts';
import type { Tagged } from '../../lib/tagged.ts';
import { toasts } from '../../lib/toasts.ts';
import { useAction } from '../../lib/use-action.ts';
import { changesOf, generalIn, graceSecondsMax, takeovers } from './general-words.ts';
import type { General as Wanted } from './general-words.ts';
import { parts } from './settings-parts.ts';
import { focusOn, SettingsSection } from './settings-section.tsx';

type Seen = Tagged<Named<'Stream'>>;

interface GeneralProps {
  readonly stream: { readonly id: string };
  readonly mayWrite: boolean;
}

/** Its name, and what becomes of it when an encoder goes or a second one comes. */
export function General({ stream: { id }, mayWrite }: GeneralProps) {
  const load = useCallback(() => settingsApi.stream(id), [id]);
  const { state } = useResource(load);
  return (
    <SettingsSection part={parts.general}>
      {state.kind === 'loading' && <p className="quiet-start">Loading…</p>}
      {state.kind !== 'loading' && <ProblemNote problem={state.problem} />}
      {state.kind === 'ready' && <GeneralForm first={state.value} mayWrite={mayWrite} />}
    </SettingsSection>
  );
}

interface GeneralFormProps {
  /** As it was read: nothing is changed that somebody else has changed since. */
  readonly first: Seen;
  readonly mayWrite: boolean;
}

function GeneralForm({ first, mayWrite }: GeneralFormProps) {
  const { refresh } = useLive();
  const [seen, setSeen] = useState(first);
  const [theirs, setTheirs] = useState<Seen>();
  /** How often the fields were filled in anew. */
  const [filled, setFilled] = useState(0);
  const { busy, problem, run } = useAction();
  const save = (wanted: Wanted): void =>
    run(async () => {
      // Once theirs are shown, saving is meant to put one's own over them.
      const outcome = await saved(wanted, theirs ?? seen);
      if (outcome.kind === 'other') {
        setTheirs(outcome.theirs);
        return;
      }
      setTheirs(undefined);
      setSeen(outcome.now);
      toasts.say('Saved.');
      await refresh();
    });
  const take = (): void => {
    if (theirs !== undefined) setSeen(theirs);
    setTheirs(undefined);
    setFilled(filled + 1);
    focusOn(parts.general);
  };
  return (
    <form
      key={filled}
      onSubmit={(event) => {
        event.preventDefault();
        save(generalIn(new FormData(event.currentTarget)));
      }}
    >
      <ProblemNote problem={problem} />
      <fieldset className="plain" disabled={!mayWrite} aria-label={parts.general.words}>
        <Fields seen={seen.value} problem={problem} />
      </fieldset>
      {theirs !== undefined && <Theirs lines={changesOf(seen.value, theirs.value)} take={take} />}
      {mayWrite ? (
        <div className="deeds">
          <Button type="submit" look="main" busy={busy}>
            {busy ? 'Saving…' : saveWords(theirs)}
          </Button>
        </div>
      ) : (
        <p className="hint">The owners of this workspace change this.</p>
      )}
    </form>
  );
}

const saveWords = (theirs: Seen | undefined): string =>
  theirs === undefined ? 'Save' : 'Save mine all the same';

interface FieldsProps {
  readonly seen: Named<'Stream'>;
  readonly problem: ApiProblem | undefined;
}

function Fields({ seen, problem }: FieldsProps) {
  return (
    <>
      <Field
        label="Name"
        name="name"
        required
        defaultValue={seen.name}
        hint="For you alone; the platforms do not see it."
        fault={problem?.faultOf('name')}
      />
      <Field
        label="Wait for a lost encoder, in seconds"
        name="graceSeconds"
        type="number"
        min={0}
        max={graceSecondsMax}
        required
        defaultValue={seen.graceSeconds}
        hint="Destinations stay live so long. 0: the broadcast ends with the encoder."
        fault={problem?.faultOf('graceSeconds')}
      />
      <Tick
        label="End at once when the encoder stops the stream"
        name="endOnUnpublish"
        defaultChecked={seen.endOnUnpublish}
        hint="Some encoders also say so before they connect again; then leave this off."
      />
      <Choice
        label="A second encoder with the same key"
        name="takeover"
        defaultValue={seen.takeover}
        options={takeovers}
      />
    </>
  );
}

interface TheirsProps {
  readonly lines: readonly string[];
  readonly take: () => void;
}

/** What there is now, beside what one has written oneself. */
function Theirs({ lines, take }: TheirsProps) {
  return (
    <div className="note note-fair" role="alert">
      <p>Somebody else changed this while you were writing. Look at theirs:</p>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <Button onClick={take}>Take theirs</Button>
    </div>
  );
}

type Outcome =
  | { readonly kind: 'saved'; readonly now: Seen }
  | { readonly kind: 'other'; readonly theirs: Seen };

/** A change of what is not in the form, of a rule for instance, is in nobody's way. */
async function saved(wanted: Wanted, { value, etag }: Seen): Promise<Outcome> {
  try {
    return { kind: 'saved', now: await settingsApi.changeStream(value.id, wanted, etag) };
  } catch (thrown) {
    if (problemFrom(thrown).code !== 'PRECONDITION_FAILED') throw thrown;
    const theirs = await settingsApi.stream(value.id);
    if (changesOf(value, theirs.value).length > 0) return { kind: 'other', theirs };
    return { kind: 'saved', now: await settingsApi.changeStream(value.id, wanted, theirs.etag) };
  }
}
