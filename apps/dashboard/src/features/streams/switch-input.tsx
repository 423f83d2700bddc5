import type { InputRole, StreamStatus } from '#contracts';
import { Button } from '../../components/button.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { api } from '../../lib/api.ts';
import type { StreamWithDestinations } from '../../lib/live-state.ts';
import { useAction } from '../../lib/use-action.ts';

interface SwitchInputProps {
  readonly stream: StreamWithDestinations;
  readonly status: StreamStatus;
  readonly refresh: () => Promise<void>;
}

/** There while the other input has an encoder that could feed the broadcast. */
export function SwitchInput({ stream, status, refresh }: SwitchInputProps) {
  const { busy, problem, run } = useAction();
  const to: InputRole = status.activeInput === 'backup' ? 'primary' : 'backup';
  const other = status.inputs[to];
  const possible = status.activeInput !== null && other !== null && other.health !== 'frozen';
  const change = (): void =>
    run(async () => {
      await api.switchInput(stream.id, to);
      await refresh();
    });
  return (
    <>
      {possible && (
        <Button busy={busy} onClick={change}>
          Switch to the {to} input
        </Button>
      )}
      <ProblemNote problem={problem} />
    </>
  );
}
