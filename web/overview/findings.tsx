/** What a person should know about sources and channels. */
import type { ChannelKind } from '../api/types.ts';
import { maybe, relativeTime, t } from '../i18n.ts';
import { useList } from '../resource.ts';
import { Icon } from '../ui/icons.tsx';
import { Skeleton, Trouble } from '../ui/states.tsx';

interface Found {
  readonly code: string;
  readonly since: string;
  readonly detail: string;
}

/** Whose channel it is, the operator learns among the subscribers; its address is not told. */
type Finding =
  | (Found & { readonly kind: 'source'; readonly sourceId: string; readonly sourceName: string })
  | (Found & { readonly kind: 'channel'; readonly channelId: string; readonly channelKind: ChannelKind });

const idOf = (finding: Finding) => (finding.kind === 'source' ? finding.sourceId : finding.channelId);

const nameOf = (finding: Finding) =>
  finding.kind === 'source'
    ? finding.sourceName
    : t('findings.channel', { kind: t(`channel.${finding.channelKind}`) });

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
          <li key={`${idOf(finding)} ${finding.code}`}>
            <strong>{nameOf(finding)}</strong>
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
