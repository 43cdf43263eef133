import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['default', ['json', { outputFile: 'coverage/results.json' }]],
    env: {
      STEP: 'test',
      AWS_LAMBDA_LOG_LEVEL: 'FATAL',
    },
    // Twice the cores of a small machine: end-to-end tests wait for the minute's schedules most of their time.
    maxWorkers: 4,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    coverage: {
      provider: 'v8',
      include: ['core/**/*.ts', 'lambdas/**/*.ts'],
      reporter: ['text-summary', 'json-summary'],
      thresholds: { statements: 90, branches: 85, functions: 90, lines: 90 },
    },
  },
});
