import type { DestinationSplit } from '#control';
import { useId, useRef } from 'react';
import { Button } from '../../../components/button.tsx';
import { api } from '../../../lib/api.ts';
import { useAction } from '../../../lib/use-action.ts';
import './dialogs.css';

interface PasteBoxProps {
  /** The id of the platform that is chosen already. */
  readonly platform: string;
  readonly onSplit: (split: DestinationSplit) => void;
}

/** Takes whatever a platform shows, at once when it is pasted. */
export function PasteBox({ platform, onSplit }: PasteBoxProps) {
  const id = useId();
  const box = useRef<HTMLTextAreaElement>(null);
  const { busy, problem, run } = useAction();
  const read = (text: string): void =>
    run(async () => {
      onSplit(await api.parseDestination(text, platform));
      // From here on the form keeps the key, and the page shows it no more.
      if (box.current !== null) box.current.value = '';
    });
  return (
    <div className="field">
      <label htmlFor={id}>Paste what the platform shows</label>
      <textarea
        id={id}
        ref={box}
        rows={2}
        spellCheck={false}
        autoComplete="off"
        placeholder="Server and key, in one line or in two"
        aria-describedby={problem === undefined ? `${id}-hint` : `${id}-fault`}
        aria-invalid={problem === undefined ? undefined : true}
        onPaste={(event) => {
          event.preventDefault();
          const { currentTarget } = event;
          const pasted = event.clipboardData.getData('text');
          // Who pastes the server first and the key next sees both.
          currentTarget.value = [currentTarget.value, pasted].filter(Boolean).join('\n');
          read(currentTarget.value);
        }}
      />
      {problem === undefined ? (
        <p className="hint" id={`${id}-hint`}>
          Fills in the fields below. Nothing is saved yet.
        </p>
      ) : (
        <p className="fault" id={`${id}-fault`} role="alert">
          {problem.message}
        </p>
      )}
      <div>
        <Button busy={busy} onClick={() => read(box.current?.value ?? '')}>
          Fill in
        </Button>
      </div>
    </div>
  );
}

/** How a paste was read, before it is saved. Of the key it shows the end alone. */
export function SplitView({ split }: { readonly split: DestinationSplit }) {
  const { scheme, host, port, app, streamKey, warnings } = split;
  const lines = [
    ['Connects to', `${host}, port ${port}, ${scheme === 'rtmps' ? 'encrypted' : 'not encrypted'}`],
    ['App', app === '' ? '(none)' : app],
    ['Key', maskedKey(streamKey)],
  ] as const;
  return (
    <section aria-label="How it was read">
      <dl className="split">
        {lines.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {warnings.map(({ code, message }) => (
        <p key={code} className="note note-fair">
          {message}
        </p>
      ))}
    </section>
  );
}

const hintCharacters = 4;

/** Of a short key nothing is shown: its end would be half of it. */
export function maskedKey(key: string): string {
  return key.length < 2 * hintCharacters ? '••••' : `•••• ${key.slice(-hintCharacters)}`;
}
