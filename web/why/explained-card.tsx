/** What became of an article for one watch: the outcome in words, the query's clauses, and where it went. */
import { Deliveries } from '../alerts/deliveries.tsx';
import { maybe, t } from '../i18n.ts';
import { Link } from '../router.tsx';
import { Clauses } from './clauses.tsx';
import type { Explained } from './explanations.ts';

export function ExplainedCard({ explained }: { readonly explained: Explained }) {
  const { watch, outcome, why, clauses, deliveries, heldUntil } = explained;
  const rang = outcome === 'alerted';
  return (
    <li class="card">
      <div class="card-head">
        <h3>
          <Link href={`/watches/${watch.id}`}>{watch.name}</Link>
        </h3>
        <span class={rang && !heldUntil ? 'state sent' : 'state waiting'}>
          {rang ? t(heldUntil ? 'why.waits' : 'why.rang') : t('why.silent')}
        </span>
      </div>
      <p>{maybe(`explain.${outcome}`) ?? why}</p>
      <Clauses clauses={clauses} />
      {rang && <Deliveries deliveries={deliveries} />}
    </li>
  );
}
