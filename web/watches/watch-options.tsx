import type { Watch } from '../api/types.ts';
import { t } from '../i18n.ts';

/** The options of a choice among one's watches, the first of which, with the empty value, is all of them. */
export function WatchOptions({ watches }: { readonly watches: readonly Watch[] }) {
  return (
    <>
      <option value="">{t('alerts.all')}</option>
      {watches.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </>
  );
}
