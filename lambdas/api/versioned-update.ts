/** An update that makes the next version of an item, on the condition that it is at the version that was read. */
import { updateExpression } from '../aws/update-expression.ts';

/** An item without a version is at its first. */
export interface Versioned {
  readonly version?: number;
}

export const versionOf = ({ version = 1 }: Versioned): number => version;

export function versionedUpdate(change: Readonly<Record<string, unknown>>, before: Versioned) {
  const { ConditionExpression, ...at } = atVersion(before);
  const update = updateExpression({ ...change, version: versionOf(before) + 1 });
  return {
    ...update,
    ConditionExpression,
    ExpressionAttributeValues: { ...update.ExpressionAttributeValues, ...at.ExpressionAttributeValues },
  };
}

/** The condition of a write, with what it names. */
export function atVersion(before: Versioned) {
  const unversioned = before.version === undefined ? ' OR attribute_not_exists(#version)' : '';
  return {
    ConditionExpression: `attribute_exists(pk) AND (#version = :before${unversioned})`,
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':before': versionOf(before) },
  };
}
