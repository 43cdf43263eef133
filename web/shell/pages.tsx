/** Which page stands at a path, for each role. */
import type { JSX } from 'preact';
import { AccountPage } from '../account/account-page.tsx';
import { AlertsPage } from '../alerts/alerts-page.tsx';
import { ChannelsPage } from '../channels/channels-page.tsx';
import { ListEditPage } from '../lists/list-edit-page.tsx';
import { ListPage } from '../lists/list-page.tsx';
import { ListsPage } from '../lists/lists-page.tsx';
import { OverviewPage } from '../overview/overview-page.tsx';
import type { Role } from '../session.ts';
import { SourcesPage } from '../sources/sources-page.tsx';
import { SubscribersPage } from '../subscribers/subscribers-page.tsx';
import { EditPage } from '../watches/edit-page.tsx';
import { WatchesPage } from '../watches/watches-page.tsx';
import { WhyPage } from '../why/why-page.tsx';

interface Place {
  /** What stands in the path for `:id`. */
  readonly id: string;
  readonly query: URLSearchParams;
  readonly role: Role | undefined;
}

type Pages = Readonly<Record<string, (place: Place) => JSX.Element>>;

/** They need no sign-in. */
const ofAnyone: Pages = {
  '/lists': ({ role }) => <ListsPage role={role} />,
  '/lists/:id': ({ id, role }) => <ListPage key={id} listId={id} role={role} />,
};

const ofSubscribers: Pages = {
  ...ofAnyone,
  '/': ({ query }) => <AlertsPage watchId={query.get('watch') ?? ''} search={query.get('search') ?? ''} />,
  '/why': ({ query }) => <WhyPage url={query.get('url') ?? ''} watchId={query.get('watch') ?? ''} />,
  '/watches': () => <WatchesPage />,
  '/watches/new': () => <EditPage key="new" />,
  '/watches/:id': ({ id }) => <EditPage key={id} watchId={id} />,
  '/channels': () => <ChannelsPage />,
  '/account': () => <AccountPage />,
};

const ofOperators: Pages = {
  ...ofAnyone,
  '/': () => <OverviewPage />,
  '/sources': () => <SourcesPage />,
  '/subscribers': () => <SubscribersPage />,
  '/lists/new': () => <ListEditPage key="new" />,
  '/lists/:id/edit': ({ id }) => <ListEditPage key={id} listId={id} />,
};

/** @returns nothing where there is no page, or none for this role */
export function pageFor(role: Role | undefined, place: string): JSX.Element | undefined {
  const [path = '', query = ''] = place.split('?');
  const pages = role === 'operator' ? ofOperators : role === 'subscriber' ? ofSubscribers : ofAnyone;
  const [, kind = '', id = '', rest = ''] = /^(\/\w+)\/([\w-]+)(\/\w+)?$/.exec(path) ?? [];
  const page = pages[path] ?? pages[`${kind}/:id${rest}`];
  return page?.({ id, role, query: new URLSearchParams(query) });
}
