/** How this Tocsin is: what comes in and goes out, what is stuck, what should be looked at. */
import { t } from '../i18n.ts';
import { PageFrame } from '../ui/page.tsx';
import { Findings } from './findings.tsx';
import { Flow } from './flow.tsx';
import { Queues } from './queues.tsx';
import { Texts } from './texts.tsx';

export function OverviewPage() {
  return (
    <PageFrame title={t('overview.title')}>
      <div class="overview">
        <Flow />
        <Findings />
        <Queues />
        <Texts />
      </div>
    </PageFrame>
  );
}
