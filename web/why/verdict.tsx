/** The article that was asked about, when each step saw it, and what became of it for each watch. */
import { Steps } from '../alerts/steps.tsx';
import { t } from '../i18n.ts';
import { Marked } from '../ui/marked.tsx';
import { ExplainedCard } from './explained-card.tsx';
import type { Explained } from './explanations.ts';

export function Verdict({ explained }: { readonly explained: readonly Explained[] }) {
  const [first] = explained;
  if (!first) return null;
  const { article } = first;
  const inTitle = explained.flatMap(({ clauses }) =>
    clauses.flatMap(({ matched, spans }) => (matched ? spans.filter(({ field }) => field === 'title') : [])),
  );
  const sentAt = explained
    .flatMap(({ deliveries }) => deliveries.flatMap((one) => one.sentAt ?? []))
    .sort()[0];
  const near = explained.filter(({ outcome }) => outcome !== 'not-matched');
  const far = explained.filter(({ outcome }) => outcome === 'not-matched');
  return (
    <>
      <section class="verdict">
        <h2>
          <a href={article.url} target="_blank" rel="noreferrer noopener">
            <Marked text={article.title} spans={inTitle} />
          </a>
        </h2>
        <Steps times={{ seenAt: article.seenAt, matchedAt: article.matchedAt, sentAt }} />
        {article.silent && <p class="hint">{t('why.oldNews')}</p>}
      </section>
      <ul class="cards">
        {near.map((one) => (
          <ExplainedCard key={one.watch.id} explained={one} />
        ))}
        {near.length === 0 &&
          far.slice(0, 1).map((one) => <ExplainedCard key={one.watch.id} explained={one} />)}
      </ul>
      <Others explained={near.length === 0 ? far.slice(1) : far} />
    </>
  );
}

/** Watches whose query is simply not true of it: there may be many, and few are asked about. */
function Others({ explained }: { readonly explained: readonly Explained[] }) {
  if (explained.length === 0) return null;
  return (
    <details class="others">
      <summary>{t('why.others', { n: explained.length })}</summary>
      <ul class="cards">
        {explained.map((one) => (
          <ExplainedCard key={one.watch.id} explained={one} />
        ))}
      </ul>
    </details>
  );
}
