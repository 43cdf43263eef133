/**
 * Bars over time, each of two parts that differ by pattern as well as by colour. It is a picture with a name; the
 * numbers themselves stand in a table below, and with each bar under the pointer.
 */
import { useId } from 'preact/hooks';
import { number, t } from '../i18n.ts';
import { roundUp } from './periods.ts';

export interface Bar {
  readonly label: string;
  /** Under it; empty where there is no room for one. */
  readonly tick: string;
  readonly lower: number;
  readonly upper: number;
  /** All of it in words. */
  readonly text: string;
}

interface ChartProps {
  readonly title: string;
  /** What the two parts are. */
  readonly lower: string;
  readonly upper: string;
  readonly bars: readonly Bar[];
  /** How the upper part looks: `rest` is what the lower is part of, `bad` should not be there. */
  readonly upperKind: 'rest' | 'bad';
}

export function Chart({ title, lower, upper, bars, upperKind }: ChartProps) {
  const top = roundUp(Math.max(...bars.map((bar) => bar.lower + bar.upper)));
  return (
    <figure class="chart">
      <figcaption>
        <h2>{title}</h2>
        <ul class="legend">
          <Key kind="lower" text={lower} />
          <Key kind={upperKind} text={upper} />
        </ul>
      </figcaption>
      <div class="plot">
        {[top, top / 2, 0].map((value) => (
          <span key={value} aria-hidden="true">
            {number(value)}
          </span>
        ))}
        <Bars name={`${title}. ${t('chart.below')}`} bars={bars} top={top} upperKind={upperKind} />
      </div>
      <details>
        <summary>{t('chart.table')}</summary>
        <Table title={title} columns={[t('chart.from'), lower, upper]} bars={bars} />
      </details>
    </figure>
  );
}

function Key({ kind, text }: { readonly kind: string; readonly text: string }) {
  return (
    <li>
      <svg class={kind} aria-hidden="true">
        <Hatching id={`key-${kind}`} />
        <rect width="100%" height="100%" fill={kind === 'bad' ? `url(#key-${kind})` : undefined} />
      </svg>
      {text}
    </li>
  );
}

/** Stripes, so that what is bad is told apart without its colour. */
function Hatching({ id }: { readonly id: string }) {
  return (
    <pattern id={id} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect class="stripe" width="2.500" height="5" />
    </pattern>
  );
}

interface BarsProps extends Pick<ChartProps, 'bars' | 'upperKind'> {
  readonly name: string;
  readonly top: number;
}

function Bars({ name, bars, top, upperKind }: BarsProps) {
  const hatching = useId();
  const step = 100 / bars.length;
  const percent = (value: number) => `${value}%`;
  const height = (value: number) => (100 * value) / top;
  return (
    <svg class="bars" role="img" aria-label={name}>
      <Hatching id={hatching} />
      {[0, 50, 100].map((y) => (
        <line key={y} x2="100%" y1={percent(y)} y2={percent(y)} />
      ))}
      {bars.map(({ label, tick, lower, upper, text }, n) => {
        const at = { x: percent(step * (n + 0.12)), width: percent(step * 0.76) };
        const fill = upperKind === 'bad' ? `url(#${hatching})` : undefined;
        return (
          <g key={label}>
            <rect
              {...at}
              class={upperKind}
              fill={fill}
              y={percent(100 - height(lower + upper))}
              height={percent(height(upper))}
            />
            <rect {...at} class="lower" y={percent(100 - height(lower))} height={percent(height(lower))} />
            <rect class="whole" x={percent(step * n)} width={percent(step)} height="100%">
              <title>{text}</title>
            </rect>
            {tick && (
              <text x={at.x} y="100%" dy="1.5em">
                {tick}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}

interface TableProps extends Pick<ChartProps, 'title' | 'bars'> {
  readonly columns: readonly string[];
}

function Table({ title, columns, bars }: TableProps) {
  return (
    <table>
      <caption class="unseen">{title}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {bars.map(({ label, lower, upper }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td>{number(lower)}</td>
            <td>{number(upper)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
