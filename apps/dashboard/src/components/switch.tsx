import { Switch as Base } from '@base-ui/react/switch';

interface SwitchProps {
  readonly label: string;
  readonly on: boolean;
  /** It was asked for and is not yet so. */
  readonly pending?: boolean;
  readonly onSwitch: (on: boolean) => void;
}

/** What is wanted: on or off. What is so stands elsewhere. */
export function Switch({ label, on, pending = false, onSwitch }: SwitchProps) {
  return (
    <Base.Root
      className="switch"
      aria-label={label}
      aria-busy={pending || undefined}
      checked={on}
      onCheckedChange={onSwitch}
    >
      <Base.Thumb className="switch-thumb" />
    </Base.Root>
  );
}
