/** The watches that an alert rang for, each with what silences it. */
import type { Alert, Watch } from '../api/types.ts';
import { t } from '../i18n.ts';
import { useList } from '../resource.ts';
import { Trouble } from '../ui/states.tsx';
import { restText, useRest } from '../watches/rest.ts';
import { Snooze } from '../watches/watch-card.tsx';

export function Because({ watches }: Pick<Alert, 'watches'>) {
  const { data, change } = useList<Watch>('/v1/watches');
  const changed = (watch: Watch) => change((all) => all.map((one) => (one.id === watch.id ? watch : one)));
  return (
    <ul class="because">
      {watches.map(({ watchId, name, query }) => {
        const watch = data?.find(({ id }) => id === watchId);
        return (
          <li key={watchId}>
            {name}
            <code>{query}</code>
            {watch && <Silence watch={watch} onChanged={changed} />}
          </li>
        );
      })}
    </ul>
  );
}

function Silence({ watch, onChanged }: { watch: Watch; onChanged: (watch: Watch) => void }) {
  const rest = useRest(watch, onChanged);
  const { paused, name } = watch;
  const resting = restText(watch);
  return (
    <div class="card-foot">
      {resting && <span class="state waiting">{resting}</span>}
      <button
        type="button"
        class="link"
        aria-label={`${paused ? t('watches.resume') : t('watches.mute')}: ${name}`}
        disabled={rest.busy}
        onClick={paused ? rest.goOn : rest.mute}
      >
        {paused ? t('watches.resume') : t('watches.mute')}
      </button>
      {!paused && <Snooze watch={watch} rest={rest} />}
      <Trouble problem={rest.problem} />
    </div>
  );
}
