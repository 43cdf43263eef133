/** Where one can go from every page. */
import type { MessageKey } from '../messages/en.ts';
import type { Role } from '../session.ts';
import type { IconName } from '../ui/icons.tsx';

export interface NavigationItem {
  readonly path: string;
  readonly label: MessageKey;
  readonly icon: IconName;
}

const lists = { path: '/lists', label: 'nav.lists', icon: 'lists' } as const;

export const navigation: Readonly<Record<Role, readonly NavigationItem[]>> = {
  subscriber: [
    { path: '/', label: 'nav.alerts', icon: 'bell' },
    { path: '/watches', label: 'nav.watches', icon: 'watch' },
    { path: '/channels', label: 'nav.channels', icon: 'channels' },
    lists,
    { path: '/account', label: 'nav.account', icon: 'account' },
  ],
  operator: [
    { path: '/', label: 'nav.overview', icon: 'overview' },
    { path: '/sources', label: 'nav.sources', icon: 'sources' },
    { path: '/subscribers', label: 'nav.subscribers', icon: 'subscribers' },
    lists,
  ],
};
