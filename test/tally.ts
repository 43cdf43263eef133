/** Prints the closing line of a test run, "N passed, N failed, N skipped", from vitest's JSON report. */
import { readFileSync } from 'node:fs';

const report = JSON.parse(readFileSync('coverage/results.json', 'utf8'));
console.log(
  `${report.numPassedTests} passed, ${report.numFailedTests} failed, ${report.numPendingTests} skipped`,
);
