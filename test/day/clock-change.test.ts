/** The same news on the day when clocks go back in New York: the same messages, at the hours of the new clock. */
import { describeDay } from './day-suite.ts';

describeDay('Sunday when clocks go back', '2026-10-31T14:00:00.000Z', 'clocks-go-back.txt');
