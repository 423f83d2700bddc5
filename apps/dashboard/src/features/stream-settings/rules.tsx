import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { Field } from '../../components/field.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { TextLines } from '../../components/text-lines.tsx';
import type { Named } from '../../lib/client.ts';
import { textOf } from '../../lib/form-text.ts';
import { settingsApi } from '../../lib/settings-api.ts';
import { toasts } from '../../lib/toasts.ts';
import { useAction } from '../../lib/use-action.ts';
import type { RulesProps } from './rules-props.ts';
import { rangesIn, rulesWords } from './rules-words.ts';
import { parts } from './settings-parts.ts';
import { SettingsSection } from './settings-section.tsx';
import { useIsOn } from './use-is-on.ts';

/** As the API has them: less is no video, more is what every stream is held to. */
const kbpsMin = 100;
const kbpsMax = 80_000;

interface RulesWithRight extends RulesProps {
  readonly mayManage: boolean;
}

/** From where encoders may come, and how much they may send. */
export function Rules({ mayManage, ...props }: RulesWithRight) {
  return (
    <SettingsSection part={parts.rules}>
      {mayManage ? (
        <RulesForm {...props} />
      ) : (
        <>
          <ul>
            {rulesWords(props.rules).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <p className="hint">The owners of this workspace change this.</p>
        </>
      )}
    </SettingsSection>
  );
}

function RulesForm({ stream, rules, reloaded }: RulesProps) {
  const { id } = stream;
  const isOn = useIsOn(stream.id);
  const { busy, problem, run } = useAction();
  /** Held back until it was asked whether that is meant. */
  const [asked, setAsked] = useState<Named<'ChangeIngestRulesBody'>>();
  const save = (body: Named<'ChangeIngestRulesBody'>): void =>
    run(async () => {
      setAsked(undefined);
      await settingsApi.changeRules(id, body);
      await reloaded();
      toasts.say('Saved.');
    });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const body = bodyOf(new FormData(event.currentTarget));
        if (isOn) setAsked(body);
        else save(body);
      }}
    >
      <ProblemNote problem={problem} />
      <TextLines
        label="Addresses that encoders may come from"
        name="allowedCidrs"
        rows={3}
        placeholder="203.0.113.0/24"
        defaultValue={rules.allowedCidrs.join('\n')}
        hint="One in each line, or ranges of them. Left empty: from everywhere."
        fault={problem?.faultOf('allowedCidrs')}
      />
      <Field
        label="kbit/s at most"
        name="kbpsMax"
        type="number"
        min={kbpsMin}
        max={kbpsMax}
        defaultValue={rules.kbpsMax ?? ''}
        hint="An encoder that sends more for ten seconds is disconnected. Left empty: no limit."
        fault={problem?.faultOf('kbpsMax')}
      />
      <div className="deeds">
        <Button type="submit" look="main" busy={busy}>
          {busy ? 'Saving…' : 'Save the rules'}
        </Button>
      </div>
      {asked !== undefined && (
        <ConfirmDialog
          title="Save the rules while you are live?"
          text="They hold at once: an encoder that they do not allow is disconnected."
          verb="Save the rules"
          onConfirm={() => save(asked)}
          onClose={() => setAsked(undefined)}
        />
      )}
    </form>
  );
}

function bodyOf(form: FormData): Named<'ChangeIngestRulesBody'> {
  const limit = textOf(form, 'kbpsMax').trim();
  return {
    allowedCidrs: rangesIn(textOf(form, 'allowedCidrs')),
    kbpsMax: limit === '' ? null : Number(limit),
  };
}
