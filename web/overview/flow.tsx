/** How much came in and went out in the last day, week or month. */
import { useState } from 'preact/hooks';
import { hourName, number, t, tickName } from '../i18n.ts';
import { useResource } from '../resource.ts';
import { Choice } from '../ui/field.tsx';
import { useLookout } from '../ui/lookout.ts';
import { Trouble } from '../ui/states.tsx';
import { Chart } from './chart.tsx';
import { gather, type Hour, hasTick, nothing, type SpanName, spans, sum } from './periods.ts';

const EVERY_MS = 60_000;
const names = ['day', 'week', 'month'] as const;

export function Flow() {
  const [span, setSpan] = useState<SpanName>('week');
  const path = `/v1/statistics?hours=${spans[span].hours}`;
  const { data, problem, reload } = useResource<{ hours: readonly Hour[] }>(path);
  useLookout(reload, EVERY_MS, path);
  return (
    <section class="flow">
      <Choice
        label={t('flow.span')}
        value={span}
        options={names.map((name) => [name, t(`flow.${name}`)])}
        onChoose={setSpan}
      />
      <Trouble problem={problem} retry={() => void reload()} />
      {!problem && (
        <div class="flow" aria-busy={!data}>
          <Charts hours={data?.hours ?? nothing(spans[span].hours)} span={span} />
        </div>
      )}
    </section>
  );
}

function Charts({ hours, span }: { readonly hours: readonly Hour[]; readonly span: SpanName }) {
  const bars = gather(hours, spans[span].hoursInBar).map((bar, n) => ({
    ...bar,
    label: hourName(bar.at, span),
    tick: hasTick(bar, span, n) ? tickName(bar.at, span) : '',
  }));
  return (
    <>
      <Sums sums={sum(hours)} />
      <div class="pair">
        <Chart
          title={t('flow.articles')}
          lower={t('flow.matched')}
          upper={t('flow.unmatched')}
          upperKind="rest"
          bars={bars.map(({ label, tick, articlesSeen: seen, articlesMatched: matched }) => ({
            label,
            tick,
            lower: Math.min(matched, seen),
            upper: Math.max(0, seen - matched),
            text: `${label}: ${t('flow.seenOf', { n: seen, m: matched })}`,
          }))}
        />
        <Chart
          title={t('flow.alerts')}
          lower={t('flow.sent')}
          upper={t('flow.failed')}
          upperKind="bad"
          bars={bars.map(({ label, tick, alertsSent: sent, deliveriesFailed: failed }) => ({
            label,
            tick,
            lower: sent,
            upper: failed,
            text: `${label}: ${t('flow.sentOf', { n: sent, m: failed })}`,
          }))}
        />
      </div>
    </>
  );
}

function Sums({ sums }: { readonly sums: Hour }) {
  const figures = [
    ['flow.seen', sums.articlesSeen],
    ['flow.compared', sums.articlesMatched],
    ['flow.sent', sums.alertsSent],
    ['flow.failed', sums.deliveriesFailed],
  ] as const;
  return (
    <dl class="figures">
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{t(name)}</dt>
          <dd class={name === 'flow.failed' && value > 0 ? 'bad' : ''}>{number(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
