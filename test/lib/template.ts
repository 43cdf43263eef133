/** The template as CloudFormation gets it, without bundling, and short ways to look into it. */
import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { readSettings } from '../../lib/settings.ts';
import { TocsinStack } from '../../lib/tocsin-stack.ts';

const { context: flags } = JSON.parse(readFileSync('cdk.json', 'utf8'));

// biome-ignore lint/suspicious/noExplicitAny: a template is JSON of many shapes
export type Json = any;

export interface Resource {
  readonly id: string;
  readonly Type: string;
  readonly Properties: Json;
  readonly DeletionPolicy?: string;
}

/** An app without bundling. */
export function createApp(): App {
  return new App({ context: { ...flags, 'aws:cdk:bundling-stacks': [] } });
}

/** @param settings as `-c name=value` gives them */
export function synthesize(settings: Record<string, string> = {}): Template {
  return Template.fromStack(new TocsinStack(createApp(), readSettings(settings)));
}

export function resourcesOf(template: Template, type: string): Resource[] {
  const found = template.findResources(type);
  return Object.entries(found).map(([id, resource]) => ({ id, ...(resource as Omit<Resource, 'id'>) }));
}

/** The functions by the name of their step, without the CDK's own that uploads the dashboard. */
export function functionsByStep(template: Template): Record<string, Resource> {
  const functions = resourcesOf(template, 'AWS::Lambda::Function');
  const ours = functions.filter(({ Properties }) => Properties.Environment?.Variables.STEP);
  return Object.fromEntries(ours.map((found) => [found.Properties.Environment.Variables.STEP, found]));
}

/** What each role may do. */
export interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource?: Json;
  readonly NotResource?: Json;
}

/** The statements of a function's role. */
export function statementsOf(template: Template, { Properties }: Resource): Statement[] {
  const role = Properties.Role['Fn::GetAtt'][0];
  return resourcesOf(template, 'AWS::IAM::Policy')
    .filter((policy) => policy.Properties.Roles.some(({ Ref }: Json) => Ref === role))
    .flatMap((policy) => policy.Properties.PolicyDocument.Statement);
}

export function list<T>(value: T | T[] | undefined): T[] {
  return value === undefined ? [] : ([value].flat() as T[]);
}

/** The logical id to which a reference or an attribute leads. */
export function target(value: Json): string {
  return value?.Ref ?? value?.['Fn::GetAtt']?.[0];
}
