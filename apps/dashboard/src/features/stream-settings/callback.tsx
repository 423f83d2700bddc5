import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Choice } from '../../components/choice.tsx';
import { Field } from '../../components/field.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { ShownOnce } from '../../components/shown-once.tsx';
import { textOf } from '../../lib/form-text.ts';
import { settingsApi } from '../../lib/settings-api.ts';
import { toasts } from '../../lib/toasts.ts';
import { useAction } from '../../lib/use-action.ts';
import type { RulesProps } from './rules-props.ts';
import { parts } from './settings-parts.ts';
import { focusOn, SettingsSection } from './settings-section.tsx';

const fallbacks: readonly (readonly [string, string])[] = [
  ['refuse', 'The encoder is refused'],
  ['allow', 'The encoder is let in'],
];

/** The owner's own server, which has the last word about each encoder. */
export function Callback(props: RulesProps) {
  return (
    <SettingsSection part={parts.callback}>
      <p className="hint">
        Before an encoder is let in, Forkcast asks this address of yours. 2xx lets it in, 401 and
        403 do not.
      </p>
      <CallbackForm {...props} />
    </SettingsSection>
  );
}

function CallbackForm({ stream, rules, reloaded }: RulesProps) {
  const { authorise } = rules;
  const { busy, problem, run } = useAction();
  const [url, setUrl] = useState(authorise?.url ?? '');
  const [secret, setSecret] = useState<string | null>(null);
  const save = (form: FormData): void =>
    run(async () => {
      const fallback = textOf(form, 'fallback') === 'allow' ? 'allow' : 'refuse';
      const wanted = { authorise: { url: url.trim(), fallback } } as const;
      const { authoriseSecret } = await settingsApi.changeRules(stream.id, wanted);
      setSecret(authoriseSecret);
      if (authoriseSecret === null) toasts.say('Saved.');
      await reloaded();
    });
  const forget = (): void =>
    run(async () => {
      await settingsApi.changeRules(stream.id, { authorise: null });
      setUrl('');
      await reloaded();
      toasts.say('No server is asked any more.');
      focusOn(parts.callback);
    });
  return (
    <>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save(new FormData(event.currentTarget));
        }}
      >
        <ProblemNote problem={problem} />
        <Field
          label="Address of your server"
          type="url"
          required
          value={url}
          onChange={({ target }) => setUrl(target.value)}
          hint="HTTPS, at a public address."
          fault={problem?.faultOf('authorise.url')}
        />
        <Choice
          label="When it does not answer within 2 s"
          name="fallback"
          options={fallbacks}
          defaultValue={authorise?.fallback ?? 'refuse'}
        />
        <div className="deeds">
          <Button type="submit" busy={busy}>
            {busy ? 'Saving…' : 'Ask this server'}
          </Button>
          {authorise !== null && (
            <Button busy={busy} onClick={forget}>
              Ask nobody
            </Button>
          )}
        </div>
      </form>
      {secret !== null && (
        <ShownOnce
          title="The secret of your server"
          label="Secret"
          value={secret}
          onClose={() => setSecret(null)}
        >
          It is shown only now. With it your server verifies that it is Forkcast who asks.
        </ShownOnce>
      )}
    </>
  );
}
