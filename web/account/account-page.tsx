/** The reader's own account: name and zone, tokens for programs, and the way out. */
import type { Me } from '../api/types.ts';
import { t } from '../i18n.ts';
import { useFresh } from '../resource.ts';
import { PageFrame } from '../ui/page.tsx';
import { Skeleton, Trouble } from '../ui/states.tsx';
import { Heartbeat } from './heartbeat.tsx';
import { Leaving } from './leaving.tsx';
import { ProfileForm } from './profile-form.tsx';
import { Tokens } from './tokens.tsx';

export function AccountPage() {
  const { data: me, problem, reload, change } = useFresh<Me>('/v1/me');
  return (
    <PageFrame title={t('account.title')}>
      <Trouble problem={problem} retry={() => void reload()} />
      {!me && !problem && <Skeleton rows={2} />}
      <div class="cards">
        {me && <ProfileForm key={me.id} me={me} />}
        {me && (
          <Heartbeat me={me} onChanged={(heartbeat) => change((before) => ({ ...before, heartbeat }))} />
        )}
        {me && <Tokens />}
        {me && <Leaving />}
      </div>
    </PageFrame>
  );
}
