/** The reader's own account: name and zone, tokens for programs, and the way out. */
import { useFeatures } from '../api/features.ts';
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
  const offers = useFeatures();
  return (
    <PageFrame title={t('account.title')}>
      <Trouble problem={problem} retry={() => void reload()} />
      {!(me && offers) && !problem && <Skeleton rows={2} />}
      <div class="cards">
        {me && offers?.('PATCH /v1/me') && <ProfileForm key={me.id} me={me} />}
        {me && offers?.('PATCH /v1/me heartbeat') && (
          <Heartbeat me={me} onChanged={(heartbeat) => change((before) => ({ ...before, heartbeat }))} />
        )}
        {me && offers?.('GET /v1/me/tokens') && <Tokens />}
        {me && offers?.('DELETE /v1/me') && <Leaving canExport={offers('GET /v1/me/export')} />}
      </div>
    </PageFrame>
  );
}
