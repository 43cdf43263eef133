/**
 * The logger of a function: JSON lines with a constant message and its data in fields. What a person could be
 * found by (an address, a phone number, a token) is never a field.
 */
import { Logger } from '@aws-lambda-powertools/logger';

export const logger = new Logger();

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;
