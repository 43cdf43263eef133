import type { Source } from '../api/types.ts';
import { duration, maybe, relativeTime, t } from '../i18n.ts';
import { Icon } from '../ui/icons.tsx';
import { removeLater } from '../ui/undoable.ts';

export const pathOf = ({ id }: Source) => `/v1/sources/${id}`;

/** In words, so that the colour is not needed. */
function stateOf({ paused, nextPollAt, failures, lastSuccessAt }: Source): [state: string, text: string] {
  if (paused) return ['waiting', t('sources.paused')];
  if (!nextPollAt) return ['failed', t('sources.stopped')];
  if (failures > 0) return ['failed', t('sources.failing', { n: failures })];
  return lastSuccessAt ? ['confirmed', t('sources.well')] : ['waiting', t('sources.waiting')];
}

export function SourceCard({ source, onPause }: { readonly source: Source; readonly onPause: () => void }) {
  const { name, url, intervalSeconds, articlesPerWeek, lastSuccessAt, lastError, failures, findings } =
    source;
  const [state, text] = stateOf(source);
  const facts = [
    t('sources.perWeek', { n: articlesPerWeek }),
    t('sources.every', { time: duration(intervalSeconds) }),
    lastSuccessAt && t('sources.lastSuccess', { time: relativeTime(lastSuccessAt) }),
  ];
  const rests = source.paused || !source.nextPollAt;
  return (
    <li class={rests ? 'card paused' : 'card'}>
      <div class="card-head">
        <h2>{name}</h2>
        <span class={`state ${state}`}>{text}</span>
      </div>
      <p class="hint address">{url}</p>
      {failures > 0 && lastError && <p class="warned">{lastError}</p>}
      {findings.map(({ code, since, detail }) => (
        <p key={code} class="warned">
          <Icon name="warning" />
          <span>
            <strong>{maybe(`finding.${code}`) ?? code}</strong> {detail}{' '}
            <small>{t('preview.since', { time: relativeTime(since) })}</small>
          </span>
        </p>
      ))}
      <div class="card-foot">
        <span class="hint grow">{facts.filter(Boolean).join(' · ')}</span>
        <button type="button" class="link" onClick={onPause}>
          {rests ? t('watches.resume') : t('watches.pause')}
        </button>
        <button
          type="button"
          class="link"
          onClick={() => removeLater(pathOf(source), t('sources.removed', { name }))}
        >
          {t('remove')}
        </button>
      </div>
    </li>
  );
}
