/** Our own metrics as `lambdas/metrics.ts` writes them: the stack's namespace, one dimension, the function. */
import { type Duration, Stack } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ServiceFunction } from './service-function.ts';

export function stepMetric(
  step: ServiceFunction,
  metricName: string,
  statistic: string,
  period: Duration,
): Metric {
  return new Metric({
    namespace: Stack.of(step).stackName,
    metricName,
    dimensionsMap: { service: step.step },
    statistic,
    period,
    label: `${metricName} ${statistic === 'Sum' ? '' : statistic}`.trim(),
  });
}
