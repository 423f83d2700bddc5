import { CopyLine } from '../../components/copy-line.tsx';
import { to } from '../../lib/routes.ts';
import { parts } from './settings-parts.ts';
import { SettingsSection } from './settings-section.tsx';

/** The address of what is made for a window inside OBS. */
export function DockLink({ streamId }: { readonly streamId: string }) {
  return (
    <SettingsSection part={parts.dock}>
      <p>
        In OBS open <b>Docks → Custom Browser Docks…</b> and enter this address. You sign in once
        inside the dock; the address itself opens nothing.
      </p>
      <CopyLine label="Dock address" value={new URL(to.dock(streamId), location.origin).href} />
    </SettingsSection>
  );
}
