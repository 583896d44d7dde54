import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    benchmark: { include: ['bench/**/*.bench.ts'] },
    testTimeout: 60_000,
    // Files share modules that were loaded once: nothing in the library or its tests keeps state between them.
    isolate: false,
    maxWorkers: '100%',
  },
});
