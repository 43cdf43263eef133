/** What stands around a page that needs no sign-in. */
import type { ComponentChildren } from 'preact';
import { t } from '../i18n.ts';
import { Link } from '../router.tsx';
import { Icon } from '../ui/icons.tsx';
import { LanguageChoice } from './language-choice.tsx';
import { Offline } from './offline.tsx';

export function PublicFrame({ children }: { readonly children: ComponentChildren }) {
  return (
    <div class="public">
      <header>
        <p class="brand">
          <Icon name="bell" />
          Tocsin
        </p>
        <div class="public-nav">
          <LanguageChoice />
          <Link href="/lists">{t('nav.lists')}</Link>
          <Link href="/">{t('signIn.enter')}</Link>
        </div>
      </header>
      <main id="content">
        <Offline />
        {children}
      </main>
    </div>
  );
}
