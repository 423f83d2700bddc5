import type { InputRole } from '#contracts';
import { Button } from '../../components/button.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { api } from '../../lib/api.ts';
import { useLive, useStatus } from '../../lib/live.ts';
import { useMay } from '../../lib/session.ts';
import { useAction } from '../../lib/use-action.ts';

interface SwitchInputProps {
  readonly streamId: string;
}

/** There while the other input has an encoder that could feed the broadcast. */
export function SwitchInput({ streamId }: SwitchInputProps) {
  const { refresh } = useLive();
  const status = useStatus(streamId);
  const may = useMay('live:control');
  const { busy, problem, run } = useAction();
  if (status === undefined || !may) return null;
  const to: InputRole = status.activeInput === 'backup' ? 'primary' : 'backup';
  const other = status.inputs[to];
  const possible = status.activeInput !== null && other !== null && other.health !== 'frozen';
  const change = (): void =>
    run(async () => {
      await api.switchInput(streamId, to);
      await refresh();
    });
  return (
    <>
      {possible && (
        <p className="deeds">
          <Button busy={busy} onClick={change}>
            Switch to the {to} input
          </Button>
        </p>
      )}
      <ProblemNote problem={problem} />
    </>
  );
}
