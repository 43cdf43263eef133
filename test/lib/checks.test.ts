/** The checks that every synth runs, for every combination of settings that changes the template. */
import { type App, Validations } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { AwsSolutionsChecks } from 'cdk-nag';
import { expect, it } from 'vitest';
import { readSettings } from '../../lib/settings.ts';
import { TocsinStack } from '../../lib/tocsin-stack.ts';
import { createApp } from './template.ts';

const variants: Record<string, string>[] = [
  {},
  { data: 'destroy' },
  { smsCountries: 'US=0.0075', smsMonthlyBudgetUsd: '10' },
  { allowedOrigins: 'https://news.example.org', operatorEmail: 'op@example.com', stackName: 'News' },
];

function checkedApp(): App {
  const app = createApp();
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
}

it.each(variants)('passes AwsSolutions and the schemas of resources with %j', (settings) => {
  const app = checkedApp();
  new TocsinStack(app, readSettings(settings));
  expect(() => app.synth()).not.toThrow();
});

it('would notice a wildcard in a role', () => {
  const app = checkedApp();
  const stack = new TocsinStack(app, readSettings({}));
  const role = new Role(stack, 'Careless', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  role.addToPolicy(new PolicyStatement({ actions: ['s3:*'], resources: ['*'] }));
  expect(() => app.synth()).toThrow('AwsSolutions-IAM5');
});
