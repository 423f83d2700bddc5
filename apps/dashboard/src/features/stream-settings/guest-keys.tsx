import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Choice } from '../../components/choice.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { CopyLine } from '../../components/copy-line.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { ServerLines } from '../../components/server-lines.tsx';
import type { Named } from '../../lib/client.ts';
import { textOf } from '../../lib/form-text.ts';
import type { StreamWithDestinations } from '../../lib/live-state.ts';
import { settingsApi } from '../../lib/settings-api.ts';
import { momentWords } from '../../lib/time-words.ts';
import { toasts } from '../../lib/toasts.ts';
import { useAction } from '../../lib/use-action.ts';
import type { RulesProps } from './rules-props.ts';
import { parts } from './settings-parts.ts';
import { focusOn, SettingsSection } from './settings-section.tsx';

/** How long a key may wait to be used: seconds, and what a person calls it. */
const spans: readonly (readonly [seconds: string, words: string])[] = [
  ['3600', 'an hour'],
  ['86400', 'a day'],
  ['604800', 'a week'],
];
const uses: readonly (readonly [string, string])[] = [
  ['once', 'One broadcast'],
  ['often', 'Every broadcast until then'],
];
const inputs: readonly (readonly [string, string])[] = [
  ['primary', 'The main one'],
  ['backup', 'The backup, which stands by'],
];

/** Stream keys that end by themselves, for those who are here for an evening. */
export function GuestKeys({ stream, rules, reloaded }: RulesProps) {
  const { busy, problem, run } = useAction();
  const [made, setMade] = useState<Named<'PublishUrl'>>();
  const make = (form: FormData): void =>
    run(async () => {
      const key = await settingsApi.createPublishUrl(stream.id, {
        expiresInSeconds: Number(textOf(form, 'seconds')),
        once: textOf(form, 'use') === 'once',
        input: textOf(form, 'input') === 'backup' ? 'backup' : 'primary',
      });
      setMade(key);
      await reloaded();
    });
  return (
    <SettingsSection part={parts.guests}>
      <p className="hint">
        A key that ends by itself, for somebody else’s encoder. Nobody has to be told yours.
      </p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          make(new FormData(event.currentTarget));
        }}
      >
        <ProblemNote problem={problem} />
        <Choice label="It can be used within" name="seconds" options={spans} />
        <Choice label="It opens" name="use" options={uses} />
        <Choice label="As which input" name="input" options={inputs} />
        <div className="deeds">
          <Button type="submit" busy={busy}>
            {busy ? 'Making…' : 'Make a guest key'}
          </Button>
        </div>
      </form>
      {rules.hasPublishLinks && <RevokeGuests streamId={stream.id} />}
      {made !== undefined && (
        <MadeKey stream={stream} made={made} onClose={() => setMade(undefined)} />
      )}
    </SettingsSection>
  );
}

function RevokeGuests({ streamId }: { readonly streamId: string }) {
  const { busy, problem, run } = useAction();
  const [asking, setAsking] = useState(false);
  const revoke = (): void =>
    run(async () => {
      setAsking(false);
      await settingsApi.revokePublishUrls(streamId);
      toasts.say('No guest key works any more.');
      focusOn(parts.guests);
    });
  return (
    <>
      <ProblemNote problem={problem} />
      <div className="deeds">
        <Button busy={busy} onClick={() => setAsking(true)}>
          Revoke all guest keys
        </Button>
      </div>
      {asking && (
        <ConfirmDialog
          title="Revoke all guest keys?"
          text="None works any more. A guest who is live is disconnected at once."
          verb="Revoke all guest keys"
          onConfirm={revoke}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

interface MadeKeyProps {
  readonly stream: StreamWithDestinations;
  readonly made: Named<'PublishUrl'>;
  readonly onClose: () => void;
}

/** The one time a guest's key is seen. */
function MadeKey({ stream, made, onClose }: MadeKeyProps) {
  const { ingest, expiresAt } = made;
  return (
    <Dialog title="A guest key" onClose={onClose}>
      <ServerLines ingest={stream.ingest}>
        <CopyLine label="Guest key" value={ingest.streamKey} />
      </ServerLines>
      <p className="note note-fair">
        It is shown this once, and works until {momentWords(expiresAt)}. An encoder that is live by
        then goes on.
      </p>
      <footer>
        <Button look="main" onClick={onClose}>
          Done
        </Button>
      </footer>
    </Dialog>
  );
}
