/** When each step of an article was; after the first, how much later. */
import { duration, exactTime, t } from '../i18n.ts';

const steps = ['publishedAt', 'seenAt', 'matchedAt', 'sentAt'] as const;

export type StepTimes = { readonly [step in (typeof steps)[number]]?: string | undefined };

/** Clocks of publishers and ours differ by as much. */
const WORTH_SAYING_S = 0.05;

export function Steps({ times }: { readonly times: StepTimes }) {
  const known = steps.flatMap((step) => (times[step] ? [{ step, at: times[step] }] : []));
  return (
    <ol class="steps">
      {known.map(({ step, at }, n) => {
        const before = known[n - 1]?.at;
        const seconds = before ? (Date.parse(at) - Date.parse(before)) / 1000 : 0;
        return (
          <li key={step}>
            <span>{t(`alerts.step.${step}`)}</span> <time dateTime={at}>{exactTime(at)}</time>
            {before && seconds >= WORTH_SAYING_S && <small> +{duration(seconds)}</small>}
          </li>
        );
      })}
    </ol>
  );
}
