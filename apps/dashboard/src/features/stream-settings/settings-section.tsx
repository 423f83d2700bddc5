import type { ReactNode } from 'react';
import type { SettingsPart } from './settings-parts.ts';

interface SettingsSectionProps {
  readonly part: SettingsPart;
  readonly children: ReactNode;
}

/** One matter of the page, which a link can lead to. */
export function SettingsSection({ part: { id, words }, children }: SettingsSectionProps) {
  return (
    <section id={id} className="card" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`} tabIndex={-1}>
        {words}
      </h2>
      {children}
    </section>
  );
}

/** After what had the focus has gone. */
export function focusOn({ id }: SettingsPart): void {
  document.querySelector<HTMLElement>(`[id="${id}-title"]`)?.focus();
}
