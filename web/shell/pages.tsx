/** Which page stands at a path, for each role. */
import type { JSX } from 'preact';
import { AccountPage } from '../account/account-page.tsx';
import { AlertsPage } from '../alerts/alerts-page.tsx';
import { ChannelsPage } from '../channels/channels-page.tsx';
import type { MessageKey } from '../messages/en.ts';
import { OverviewPage } from '../overview/overview-page.tsx';
import type { Role } from '../session.ts';
import { SourcesPage } from '../sources/sources-page.tsx';
import { SubscribersPage } from '../subscribers/subscribers-page.tsx';
import type { IconName } from '../ui/icons.tsx';
import { EditPage } from '../watches/edit-page.tsx';
import { WatchesPage } from '../watches/watches-page.tsx';
import { WhyPage } from '../why/why-page.tsx';
import { NotFound } from './not-found.tsx';

export interface NavigationItem {
  readonly path: string;
  readonly label: MessageKey;
  readonly icon: IconName;
}

export const navigation: Readonly<Record<Role, readonly NavigationItem[]>> = {
  subscriber: [
    { path: '/', label: 'nav.alerts', icon: 'bell' },
    { path: '/watches', label: 'nav.watches', icon: 'watch' },
    { path: '/channels', label: 'nav.channels', icon: 'channels' },
    { path: '/account', label: 'nav.account', icon: 'account' },
  ],
  operator: [
    { path: '/', label: 'nav.overview', icon: 'overview' },
    { path: '/sources', label: 'nav.sources', icon: 'sources' },
    { path: '/subscribers', label: 'nav.subscribers', icon: 'subscribers' },
  ],
};

type Pages = Readonly<Record<string, (parameters: URLSearchParams) => JSX.Element>>;

const pages: Readonly<Record<Role, Pages>> = {
  subscriber: {
    '/': (query) => <AlertsPage watchId={query.get('watch') ?? ''} search={query.get('search') ?? ''} />,
    '/watches': () => <WatchesPage />,
    '/watches/new': () => <EditPage key="new" />,
    '/channels': () => <ChannelsPage />,
    '/why': (query) => <WhyPage url={query.get('url') ?? ''} watchId={query.get('watch') ?? ''} />,
    '/account': () => <AccountPage />,
  },
  operator: {
    '/': () => <OverviewPage />,
    '/sources': () => <SourcesPage />,
    '/subscribers': () => <SubscribersPage />,
  },
};

export function pageFor(role: Role, place: string): JSX.Element {
  const [path = '', query = ''] = place.split('?');
  const page = pages[role][path];
  if (page) return page(new URLSearchParams(query));
  const watchId = /^\/watches\/([\w-]+)$/.exec(path)?.[1];
  return role === 'subscriber' && watchId ? <EditPage key={watchId} watchId={watchId} /> : <NotFound />;
}
