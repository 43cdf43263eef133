/** Refuses what a caller's policies do not allow, with an error that says which grant is missing. */
import { isAllowed, type PolicyDocument } from './iam.ts';
import { ServiceError } from './service-error.ts';
import type { Grant } from './wire.ts';

export const accessDenied = 'AccessDenied';
export const unknownCaller = 'UnknownCaller';

/** Throws ServiceError `AccessDenied` or, for an access key that nobody has, `UnknownCaller`. */
export function authorize(
  caller: string,
  policies: readonly PolicyDocument[] | undefined,
  grants: readonly Grant[],
): void {
  if (!policies)
    throw new ServiceError(
      unknownCaller,
      `Nobody has the access key ${caller}: use a function's name or operator`,
      403,
    );
  for (const { action, resource } of grants)
    if (!isAllowed(policies, action, resource))
      throw new ServiceError(
        accessDenied,
        `${caller} is not allowed to ${action} on ${resource}: grant it in lib/`,
        403,
      );
}
