/** What a person should know about sources and channels. */
import { maybe, relativeTime, t } from '../i18n.ts';
import { useList } from '../resource.ts';
import { Icon } from '../ui/icons.tsx';
import { Skeleton, Trouble } from '../ui/states.tsx';

interface Finding {
  /** Absent: of a source. */
  readonly kind?: 'source' | 'channel';
  readonly code: string;
  readonly since: string;
  readonly detail: string;
  readonly sourceId?: string;
  readonly sourceName?: string;
  readonly channelId?: string;
}

export function Findings() {
  const { data, problem, reload } = useList<Finding>('/v1/findings');
  return (
    <section class="card">
      <h2>{t('findings.title')}</h2>
      <Trouble problem={problem} retry={() => void reload()} />
      {!data && !problem && <Skeleton rows={1} />}
      {data?.length === 0 && (
        <p class="well">
          <Icon name="check" />
          {t('findings.none')}
        </p>
      )}
      <ul class="rows">
        {data?.map((finding) => (
          <li key={`${finding.sourceId ?? finding.channelId} ${finding.code}`}>
            <strong>{finding.sourceName ?? t('findings.channel')}</strong>
            <span class="hint">
              {finding.detail} · {t('preview.since', { time: relativeTime(finding.since) })}
            </span>
            <span class="row-end">
              <span class="state failed">{maybe(`finding.${finding.code}`) ?? finding.code}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
