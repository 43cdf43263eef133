/** A day of the sample newsroom, simulated with a faster clock, ends with exactly the expected messages. */
import { describeDay } from './day-suite.ts';

describeDay('Monday morning, with the digests of the week', '2026-11-22T14:00:00.000Z', 'monday.txt');
