/** The way in: by a code to an address, by a new account, or by a token. */
import { useEffect, useState } from 'preact/hooks';
import { t } from '../i18n.ts';
import { Link } from '../router.tsx';
import { LanguageChoice } from '../shell/language-choice.tsx';
import { Icon } from '../ui/icons.tsx';
import { ByCode } from './by-code.tsx';
import { ByToken } from './by-token.tsx';

export function SignIn() {
  const [wantsToken, setWantsToken] = useState(false);
  useEffect(() => {
    document.title = 'Tocsin';
  }, []);
  return (
    <main class="sign-in">
      <section>
        <p class="brand">
          <Icon name="bell" />
          Tocsin
        </p>
        <h1>{t('signIn.title')}</h1>
        <p class="lead">{t('signIn.lead')}</p>
        {wantsToken ? <ByToken /> : <ByCode />}
        <footer>
          <button type="button" class="link" onClick={() => setWantsToken(!wantsToken)}>
            {wantsToken ? t('signIn.useAddress') : t('signIn.useToken')}
          </button>
          <LanguageChoice />
        </footer>
        <p class="hint">
          {t('signIn.lists')} <Link href="/lists">{t('nav.lists')}</Link>
        </p>
      </section>
    </main>
  );
}
