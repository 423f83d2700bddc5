import { lazy, Suspense } from 'react';
import { Link, Route, Switch } from 'wouter';
import { PageHead } from '../components/page-head.tsx';
import { StreamsPage } from '../features/streams/streams-page.tsx';
import { to } from '../lib/routes.ts';
import { Home } from './home.tsx';
import { StreamRoom } from './stream-room.tsx';

// A room that is seldom entered is loaded when it is.
const PeoplePage = lazy(async () => {
  const { PeoplePage: page } = await import('../features/workspace/people-page.tsx');
  return { default: page };
});
const HistoryPage = lazy(async () => {
  const { HistoryPage: page } = await import('../features/history/history-page.tsx');
  return { default: page };
});
const BroadcastPage = lazy(async () => {
  const { BroadcastPage: page } = await import('../features/history/broadcast-page.tsx');
  return { default: page };
});
const WebhooksPage = lazy(async () => {
  const { WebhooksPage: page } = await import('../features/webhooks/webhooks-page.tsx');
  return { default: page };
});
const WebhookPage = lazy(async () => {
  const { WebhookPage: page } = await import('../features/webhooks/webhook-page.tsx');
  return { default: page };
});
const AuditPage = lazy(async () => {
  const { AuditPage: page } = await import('../features/audit/audit-page.tsx');
  return { default: page };
});
const UsagePage = lazy(async () => {
  const { UsagePage: page } = await import('../features/admin/usage-page.tsx');
  return { default: page };
});
const AdminPage = lazy(async () => {
  const { AdminPage: page } = await import('../features/admin/admin-page.tsx');
  return { default: page };
});
const WelcomeRoom = lazy(async () => {
  const { WelcomeRoom: room } = await import('./welcome-room.tsx');
  return { default: room };
});
const StreamSettingsPage = lazy(async () => {
  const { StreamSettingsPage: page } =
    await import('../features/stream-settings/stream-settings-page.tsx');
  return { default: page };
});
const DockRoom = lazy(async () => {
  const { DockRoom: room } = await import('./dock-room.tsx');
  return { default: room };
});
const AccountPage = lazy(async () => {
  const { AccountPage: page } = await import('../features/account/account-page.tsx');
  return { default: page };
});

/** Which room an address leads to. */
export function Rooms() {
  return (
    <Suspense fallback={<p className="quiet-start">Loading…</p>}>
      <Switch>
        <Route path={to.home} component={Home} />
        <Route path={to.welcomeRoom} component={WelcomeRoom} />
        <Route path={to.streams} component={StreamsPage} />
        <Route path={to.stream(':stream')} component={StreamRoom} />
        <Route path={to.streamSettings(':stream')} component={StreamSettingsPage} />
        <Route path={to.dock(':stream')} component={DockRoom} />
        <Route path={to.history} component={HistoryPage} />
        <Route path={to.broadcast(':broadcast')} component={BroadcastPage} />
        <Route path={to.people} component={PeoplePage} />
        <Route path={to.account} component={AccountPage} />
        <Route path={to.audit} component={AuditPage} />
        <Route path={to.usage} component={UsagePage} />
        <Route path={to.adminRoom} component={AdminPage} />
        <Route path={to.webhooks} component={WebhooksPage} />
        <Route path={to.webhook(':id')} component={WebhookPage} />
        <Route>
          <PageHead title="There is nothing here" />
          <p>
            The address may be mistyped, or what it led to was removed.{' '}
            <Link href={to.streams}>Go to the streams</Link>
          </p>
        </Route>
      </Switch>
    </Suspense>
  );
}
