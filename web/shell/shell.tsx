/** What stands around every page: where one can go, who is signed in, and whether there is a connection. */
import type { ComponentChildren } from 'preact';
import { t } from '../i18n.ts';
import { Link } from '../router.tsx';
import { type Role, signOut } from '../session.ts';
import { Icon } from '../ui/icons.tsx';
import { LanguageChoice } from './language-choice.tsx';
import { type NavigationItem, navigation } from './navigation.ts';
import { Offline } from './offline.tsx';

interface ShellProps {
  readonly role: Role;
  readonly place: string;
  readonly children: ComponentChildren;
}

export function Shell({ role, place, children }: ShellProps) {
  return (
    <div class="shell">
      <a class="skip" href="#content">
        {t('skip')}
      </a>
      <header class="side">
        <p class="brand">
          <Icon name="bell" />
          Tocsin
        </p>
        <nav aria-label={t('nav.label')}>
          {navigation[role].map((item) => (
            <NavigationLink key={item.path} item={item} place={place} />
          ))}
        </nav>
        <div class="side-foot">
          <LanguageChoice />
          <button type="button" class="quiet" onClick={signOut}>
            <Icon name="out" />
            {t('nav.signOut')}
          </button>
        </div>
      </header>
      <main id="content" tabIndex={-1}>
        <Offline />
        {children}
      </main>
    </div>
  );
}

function NavigationLink({ item: { path, label, icon }, place }: { item: NavigationItem; place: string }) {
  const [current = ''] = place.split('?');
  const isHere = path === '/' ? current === '/' : current.startsWith(path);
  return (
    <Link href={path} aria-current={isHere ? 'page' : undefined}>
      <Icon name={icon} />
      <span>{t(label)}</span>
    </Link>
  );
}
