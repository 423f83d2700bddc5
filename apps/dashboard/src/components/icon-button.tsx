import { Tooltip } from '@base-ui/react/tooltip';
import type { ButtonHTMLAttributes } from 'react';
import { Icon } from './icon.tsx';
import type { IconName } from './icon.tsx';

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly icon: IconName;
  /** What it does: its name, and what is shown to who points at it. */
  readonly label: string;
}

/** A button without room for words. */
export function IconButton({ icon, label, ...button }: IconButtonProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger
        className="button-icon"
        render={<button type="button" {...button} aria-label={label} />}
      >
        <Icon name={icon} />
      </Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Positioner sideOffset={6} className="layer">
          <Tooltip.Popup className="tooltip">{label}</Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
