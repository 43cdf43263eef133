/** The dashboard: a page for every path; most of them behind signing in. */
import { render } from 'preact';
import { useEffect } from 'preact/hooks';
import { chooseLanguage, preferredLanguage, useLanguage } from './i18n.ts';
import { forgetResources } from './resource.ts';
import { usePlace } from './router.tsx';
import { roleOf, useToken } from './session.ts';
import { NotFound } from './shell/not-found.tsx';
import { pageFor } from './shell/pages.tsx';
import { PublicFrame } from './shell/public-frame.tsx';
import { Shell } from './shell/shell.tsx';
import { SignIn } from './sign-in/sign-in.tsx';
import { Toasts } from './ui/toast.tsx';

function App() {
  const language = useLanguage();
  const token = useToken();
  useEffect(forgetResources, [token]);
  return (
    <div key={language} class="app">
      <Framed token={token} />
      <Toasts />
    </div>
  );
}

function Framed({ token }: { readonly token: string }) {
  const place = usePlace();
  const role = roleOf(token);
  const page = pageFor(role, place);
  if (role)
    return (
      <Shell role={role} place={place}>
        {page ?? <NotFound />}
      </Shell>
    );
  return page ? <PublicFrame>{page}</PublicFrame> : <SignIn />;
}

await chooseLanguage(preferredLanguage());
render(<App />, document.getElementById('app')!);
