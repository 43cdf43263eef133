/** The dashboard: a page for every path, behind signing in. */
import { render } from 'preact';
import { useEffect } from 'preact/hooks';
import { loadFeatures } from './api/features.ts';
import { chooseLanguage, preferredLanguage, useLanguage } from './i18n.ts';
import { forgetResources } from './resource.ts';
import { usePlace } from './router.tsx';
import { roleOf, useToken } from './session.ts';
import { pageFor } from './shell/pages.tsx';
import { Shell } from './shell/shell.tsx';
import { SignIn } from './sign-in/sign-in.tsx';
import { Toasts } from './ui/toast.tsx';

function App() {
  const language = useLanguage();
  const token = useToken();
  const place = usePlace();
  const role = roleOf(token);
  useEffect(forgetResources, [token]);
  return (
    <div key={language} class="app">
      {role ? (
        <Shell role={role} place={place}>
          {pageFor(role, place)}
        </Shell>
      ) : (
        <SignIn />
      )}
      <Toasts />
    </div>
  );
}

loadFeatures().catch(() => undefined); // what is remembered stays
await chooseLanguage(preferredLanguage());
render(<App />, document.getElementById('app')!);
