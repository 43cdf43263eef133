/** How this Tocsin is: what comes in and goes out, what is stuck, what should be looked at. */
import { useFeatures } from '../api/features.ts';
import { t } from '../i18n.ts';
import { PageFrame } from '../ui/page.tsx';
import { Skeleton } from '../ui/states.tsx';
import { Findings } from './findings.tsx';
import { Flow } from './flow.tsx';
import { Queues } from './queues.tsx';
import { Texts } from './texts.tsx';

export function OverviewPage() {
  const offers = useFeatures();
  return (
    <PageFrame title={t('overview.title')}>
      {!offers && <Skeleton />}
      <div class="overview">
        {offers?.('GET /v1/statistics') && <Flow />}
        {offers?.('GET /v1/findings') && <Findings />}
        {offers?.('GET /v1/queues') && <Queues canRedrive={offers('POST /v1/queues/{name}/redrive')} />}
        {offers?.('GET /v1/sms-budget') && <Texts />}
      </div>
    </PageFrame>
  );
}
