/** Runs a function at a fixed rate, under a role of its own that may do nothing else. */
import { Aws, type Duration } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';
import type { ServiceFunction } from './service-function.ts';

export interface RegularScheduleProps {
  readonly target: ServiceFunction;
  readonly every: Duration;
}

export class RegularSchedule extends Construct {
  constructor(scope: Construct, id: string, { target, every }: RegularScheduleProps) {
    super(scope, id);
    // The condition keeps the scheduler from acting for another account (the confused deputy).
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    });
    role.addToPolicy(
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [target.functionArn] }),
    );
    new Schedule(this, 'Schedule', {
      schedule: ScheduleExpression.rate(every),
      target: new LambdaInvoke(target, {
        // The target would also grant all versions of the function.
        role: role.withoutPolicyUpdates(),
        // A missed run is made up by the next one.
        retryAttempts: 0,
        maxEventAge: every,
      }),
    });
  }
}
