import { t } from '../i18n.ts';
import { Link } from '../router.tsx';

/** What to do where nothing is watched for. */
export function FirstWatch() {
  return (
    <>
      <p>{t('alerts.noWatch')}</p>
      <Link href="/watches/new" class="button primary">
        {t('watches.new')}
      </Link>
    </>
  );
}
