/** What the three batch operations of SQS have in common: the rules for entries, and one answer per entry. */
import { ServiceError } from './service-error.ts';

interface Entry {
  readonly Id?: string;
}

/** Runs `work` for every entry; an entry that SQS refuses fails alone. Throws for a batch that is no batch. */
export function eachEntry<T extends Entry>(
  entries: readonly T[] = [],
  work: (entry: T, index: number) => unknown,
): { Successful: object[]; Failed: object[] } {
  refuseEntries(entries);
  const Successful: object[] = [];
  const Failed: object[] = [];
  entries.forEach((entry, index) => {
    try {
      Successful.push({ Id: entry.Id, ...(work(entry, index) as object | undefined) });
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      Failed.push({ Id: entry.Id, SenderFault: true, Code: error.code, Message: error.message });
    }
  });
  return { Successful, Failed };
}

/** Throws for no entries, too many, or ids that do not tell them apart. */
export function refuseEntries(entries: readonly Entry[] = []): void {
  const refuse = (code: string, message: string) => {
    throw new ServiceError(`AWS.SimpleQueueService.${code}`, message);
  };
  const ids = entries.map(({ Id = '' }) => Id);
  if (ids.length === 0) refuse('EmptyBatchRequest', 'There should be at least one entry in the request.');
  if (ids.length > 10)
    refuse(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are 10. You have sent ${ids.length}.`,
    );
  if (!ids.every((id) => /^[\w-]{1,80}$/.test(id)))
    refuse(
      'InvalidBatchEntryId',
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
    );
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated) refuse('BatchEntryIdsNotDistinct', `Id ${repeated} repeated.`);
}
