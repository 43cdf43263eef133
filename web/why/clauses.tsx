/** A query clause by clause: what an article has of it and what not, in words as well as by a sign. */
import type { Clause } from '../api/types.ts';
import { maybe, t } from '../i18n.ts';
import { Icon } from '../ui/icons.tsx';

export function Clauses({ clauses }: { readonly clauses: readonly Clause[] }) {
  return (
    <ul class="clauses">
      {clauses.map((clause) => (
        <li key={clause.start} class={clause.matched ? 'yes' : 'no'}>
          <Icon name={clause.matched ? 'check' : 'cross'} />
          <span>
            <code>{clause.text}</code> <small>{noteOf(clause)}</small>
          </span>
        </li>
      ))}
    </ul>
  );
}

/** An exclusion finds what must not be there; a clause that is true may have found nothing to mark. */
function noteOf({ matched, spans }: Clause): string {
  if (spans.length === 0) return matched ? t('clause.true') : t('clause.missing');
  const fields = [...new Set(spans.map(({ field }) => field))];
  const where = fields.map((field) => maybe(`field.${field}`) ?? field).join(', ');
  return matched ? t('clause.found', { where }) : t('clause.unwanted', { where });
}
