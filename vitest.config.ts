import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    reporters: ['default', './test/support/tally-reporter.ts'],
    restoreMocks: true,
    unstubEnvs: true,
    setupFiles: ['./test/support/silent-console.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: ['test/**/*.test.ts'],
          testTimeout: 20_000,
          hookTimeout: 30_000,
          // Half of these tests wait for other processes: by itself, vitest leaves a core of two idle.
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.e2e.ts'],
          testTimeout: 90_000,
          hookTimeout: 90_000,
          // Relay and browser wait for each other most of the time.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        // By `npm run test:package`: packs the desktop, as far as that goes without Electron's binary.
        extends: true,
        test: { name: 'package', include: ['test/desktop/package/*.pack.ts'], sequence: { groupOrder: 2 } },
      },
      {
        // By `npm run test:desktop`, where Electron's binary is.
        extends: true,
        test: {
          name: 'electron',
          include: ['test/desktop/electron/*.electron.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
})
