/** By what an address belongs to one subscriber, and its code is found. */
import type { PersonalKind } from '../core/model.ts';
import { readEnvironment } from './environment.ts';
import { type Key, keys } from './keys.ts';

const { registryTable: TableName } = readEnvironment('registryTable');

/** Two spellings of an e-mail address that differ in case reach the same person nearly everywhere. */
export function addressOf(kind: PersonalKind, address: string): string {
  return kind === 'email' ? address.toLowerCase() : address;
}

/** The key by which an address has one owner. */
export function addressKey(kind: PersonalKind, address: string): Key {
  return keys.address(kind, addressOf(kind, address));
}

/** The key of the one code that an address may have. */
export function codeKey(kind: PersonalKind, address: string): Key {
  return keys.code(kind, addressOf(kind, address));
}

/** The write that sets an address, or its code, free: one that somebody else has by now stays theirs. */
export function addressDelete(Key: Key, channelId: string) {
  return {
    Delete: {
      TableName,
      Key,
      ConditionExpression: 'attribute_not_exists(pk) OR channelId = :id',
      ExpressionAttributeValues: { ':id': channelId },
    },
  };
}
