import { useLocation } from 'wouter';
import { Icon } from '../components/icon.tsx';
import { Menu } from '../components/menu.tsx';
import type { MenuEntry } from '../components/menu.tsx';
import { to } from '../lib/routes.ts';
import { useMay, useSession } from '../lib/session.ts';

/** The rooms that are seldom entered. What one may not do is left out. */
export function MoreMenu() {
  const session = useSession();
  const mayControl = useMay('live:control');
  const mayReadAudit = useMay('audit:read');
  const [, navigate] = useLocation();
  const entry = (label: string, href: string): MenuEntry => ({
    label,
    onPick: () => navigate(href),
  });
  const entries = [
    ...(mayControl ? [entry('Usage', to.usage)] : []),
    ...(mayReadAudit ? [entry('Audit log', to.audit)] : []),
    ...(session.user?.isInstanceAdmin === true ? [entry('Administration', to.admin)] : []),
  ];
  if (entries.length === 0) return null;
  return <Menu label="More" button={<Icon name="settings" />} entries={entries} />;
}
