/**
 * Where a function's SDK clients find their credentials. `lib/service-function.ts` bundles this in the place of
 * `@aws-sdk/credential-provider-node`, whose chain also logs in on laptops and virtual machines: Lambda puts the
 * credentials of the role into the environment, and a bundle is 117 KB smaller.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
import { fromEnv } from '@aws-sdk/credential-provider-env';

export const defaultProvider = fromEnv;
