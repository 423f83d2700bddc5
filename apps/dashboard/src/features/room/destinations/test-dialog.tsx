import type { Destination, PreflightResult, PreflightStep } from '#contracts';
import { useState } from 'react';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { Icon } from '../../../components/icon.tsx';
import { ProblemNote } from '../../../components/problem-note.tsx';
import { api } from '../../../lib/api.ts';
import { usePresets } from '../../../lib/platforms.ts';
import { useAction } from '../../../lib/use-action.ts';
import './dialogs.css';

interface TestDialogProps {
  readonly destination: Destination;
  /** It has a session with the platform, which a test that publishes would end. */
  readonly onAir: boolean;
  readonly onClose: () => void;
}

/** Whether a destination would take a stream, step by step. */
export function TestDialog({ destination, onAir, onClose }: TestDialogProps) {
  const { id, name, platform } = destination;
  const { busy, problem, run } = useAction();
  const [result, setResult] = useState<PreflightResult>();
  const help = usePrivateTest(platform);
  const test = (publish: boolean): void =>
    run(async () => {
      setResult(undefined);
      setResult(await api.testDestination(id, publish));
    });
  return (
    <Dialog title={`Test ${name}`} onClose={onClose}>
      <p>
        Forkcast connects as for a stream, and stops before it publishes: your viewers see nothing.
      </p>
      {busy && <output>Connecting…</output>}
      <ProblemNote problem={problem} />
      {result && <Steps result={result} />}
      {help !== undefined && !onAir && <p className="hint">{help}</p>}
      <footer>
        {help !== undefined && !onAir && (
          <Button busy={busy} onClick={() => test(true)}>
            Test the key, too
          </Button>
        )}
        <Button look="main" busy={busy} onClick={() => test(false)}>
          {result === undefined ? 'Test' : 'Test again'}
        </Button>
      </footer>
    </Dialog>
  );
}

/** How the platform takes a stream that it shows to nobody; undefined where it does not. */
function usePrivateTest(platform: string): string | undefined {
  return usePresets()?.find(({ id }) => id === platform)?.privateTest?.help;
}

const words: Readonly<Record<PreflightStep['name'], string>> = {
  resolve: 'Name',
  tcp: 'Connection',
  tls: 'Encryption',
  handshake: 'RTMP',
  connect: 'Application',
  publish: 'Stream key',
};

function Steps({ result }: { readonly result: PreflightResult }) {
  return (
    <>
      <ol className="test-steps">
        {result.steps.map((step) => (
          <li key={step.name} className={step.ok ? 'tone-good' : 'tone-bad'}>
            <Icon name={step.ok ? 'check' : 'close'} />
            <span>{words[step.name]}</span>
            <span className="hint">{step.ms} ms</span>
            <p>{step.detail}</p>
            {step.name === 'resolve' && step.addresses && (
              <p className="hint">{step.addresses.join(', ')}</p>
            )}
            {step.certificate && <p className="hint">{certificateWords(step.certificate)}</p>}
          </li>
        ))}
      </ol>
      <output className={`note ${result.ok ? 'tone-good' : 'note-bad'}`}>
        {result.error?.message ?? 'Everything that was tested works.'}
      </output>
    </>
  );
}

function certificateWords(shown: NonNullable<PreflightStep['certificate']>): string {
  const until = new Date(shown.validTo).toLocaleDateString();
  const left = `until ${until}: ${shown.daysLeft} days left`;
  return `${shown.subject}, by ${shown.issuer}, ${left}; SHA-256 ${shown.sha256}`;
}
