import './bin/compile-cache.mjs';
import { defineConfig } from 'vitest/config';

// `isolate: false`: modules are loaded once for all files of a project, which is most of what a small file costs. A helper of tests
// therefore registers its hooks where it is called, never where it is loaded. Integration tests measure the memory of their process,
// and so have one each.

/** V8 keeps its register of code pages badly when many threads come and go, and aborts; without memory keys it needs none. */
const execArgv = ['--no-memory-protection-keys'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          execArgv,
          isolate: false,
          include: ['tests/unit/**/*.test.ts', 'tests/renderer/**/*.test.ts'],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'statistics',
          execArgv,
          isolate: false,
          include: ['tests/statistics/**/*.test.ts', 'tests/simulation/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'integration',
          execArgv,
          include: ['tests/integration/**/*.test.ts', 'tests/contract/**/*.test.ts', 'tests/security/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'electron',
          execArgv,
          include: ['tests/electron/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'e2e',
          execArgv,
          isolate: false,
          include: ['tests/e2e/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
          bail: 1,
        },
      },
    ],
  },
});
