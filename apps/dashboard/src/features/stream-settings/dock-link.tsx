import { DockAddress } from '../../components/dock-address.tsx';
import { parts } from './settings-parts.ts';
import { SettingsSection } from './settings-section.tsx';

/** The address of what is made for a window inside OBS. */
export function DockLink({ streamId }: { readonly streamId: string }) {
  return (
    <SettingsSection part={parts.dock}>
      <DockAddress streamId={streamId} />
    </SettingsSection>
  );
}
