/** One watch in the list: what it listens for, whether it does, and what can be done with it. */
import { useId, useState } from 'preact/hooks';
import type { Watch } from '../api/types.ts';
import { t } from '../i18n.ts';
import { Link } from '../router.tsx';
import { Trouble } from '../ui/states.tsx';
import { removeLater } from '../ui/undoable.ts';
import { type RestActions, restText, snoozeOf, useRest, watchPath } from './rest.ts';
import { SnoozeChoice } from './snooze-choice.tsx';

interface WatchCardProps {
  readonly watch: Watch;
  readonly onChanged: (watch: Watch) => void;
}

export function WatchCard({ watch, onChanged }: WatchCardProps) {
  const { id, name, query, reading } = watch;
  const rest = useRest(watch, onChanged);
  return (
    <li class={restText(watch) ? 'card paused' : 'card'}>
      <div class="card-head">
        <h2>
          <Link href={`/watches/${id}`}>{name}</Link>
        </h2>
        <State watch={watch} />
      </div>
      <code>{query}</code>
      {!reading && <p class="hint">{t('watches.unreadable')}</p>}
      <Actions watch={watch} rest={rest} />
      <Trouble problem={rest.problem} />
    </li>
  );
}

function State({ watch }: { readonly watch: Watch }) {
  const resting = restText(watch);
  return (
    <span class={resting ? 'state waiting' : 'state'}>{resting ?? t(`frequency.${watch.frequency}`)}</span>
  );
}

function Actions({ watch, rest }: { readonly watch: Watch; readonly rest: RestActions }) {
  const { id, name, paused } = watch;
  return (
    <div class="card-foot">
      <Link href={`/?watch=${id}`}>{t('watches.alerts')}</Link>
      <Link href={`/watches/${id}`}>{t('watches.edit')}</Link>
      <button
        type="button"
        class="link"
        onClick={() => removeLater(watchPath(watch), t('watches.removed', { name }))}
      >
        {t('remove')}
      </button>
      <button type="button" class="link" onClick={paused ? rest.goOn : rest.mute}>
        {paused ? t('watches.resume') : t('watches.pause')}
      </button>
      {!paused && <Snooze watch={watch} rest={rest} />}
    </div>
  );
}

/** Rests a watch for a while, or wakes it. */
export function Snooze({ watch, rest }: { readonly watch: Watch; readonly rest: RestActions }) {
  const [open, setOpen] = useState(false);
  const choice = useId();
  if (snoozeOf(watch))
    return (
      <button type="button" class="link" disabled={rest.busy} onClick={rest.wake}>
        {t('watches.wake')}
      </button>
    );
  const snooze = (until: string) => {
    setOpen(false);
    rest.snooze(until);
  };
  return (
    <>
      <button
        type="button"
        class="link"
        aria-expanded={open}
        aria-controls={choice}
        onClick={() => setOpen(!open)}
      >
        {t('watches.snooze')}
      </button>
      <div id={choice} class="below" hidden={!open}>
        {open && <SnoozeChoice busy={rest.busy} onSnooze={snooze} />}
      </div>
    </>
  );
}
