import { t } from '../i18n.ts';
import { PageFrame } from '../ui/page.tsx';

export function NotFound() {
  return (
    <PageFrame title={t('notFound.title')}>
      <p class="lead">{t('notFound.text')}</p>
    </PageFrame>
  );
}
