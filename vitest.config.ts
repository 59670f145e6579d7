import { defineConfig } from 'vitest/config'
import { LongestFirst } from './test/support/longest-first.ts'

const ACCESSIBILITY = 'test/e2e/accessibility/*.e2e.ts'
/** For the tests that look at the window. */
const WINDOW = {
  setupFiles: ['./test/e2e/support/tell-pages.ts'],
  // What they ask for comes from other processes, which may have to wait for a processor.
  expect: { poll: { timeout: 10_000 } },
}

export default defineConfig({
  test: {
    reporters: ['default', './test/support/tally-reporter.ts'],
    restoreMocks: true,
    unstubEnvs: true,
    // Threads read their sources by Node's WebAssembly. V8 ends the process where two threads come to compile the same call
    // out of it at once, as a call does that was made a thousand times; none is made so often now.
    execArgv: ['--wasm-wrapper-tiering-budget=1000000000'],
    setupFiles: ['./test/support/silent-console.ts'],
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: ['test/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // What is waited for comes in its time, on a machine that may be busy; it is never measured.
          expect: { poll: { timeout: 30_000 } },
          // What the files import is evaluated once for each of these, in place of once for each file: half of the time of
          // a file that computes. None replaces a module or leaves anything behind in one.
          isolate: false,
          // Most of these wait for other processes: with one for each of two cores, a third of the time is idle.
          maxWorkers: 3,
          sequence: { groupOrder: 0 },
        },
      },
      {
        // Beside those of `node`: none of these measures how soon something comes, so they may share the processors.
        extends: true,
        test: {
          name: 'accessibility',
          include: [ACCESSIBILITY],
          ...WINDOW,
          testTimeout: 90_000,
          hookTimeout: 90_000,
          maxWorkers: 3,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.e2e.ts'],
          exclude: [ACCESSIBILITY],
          ...WINDOW,
          testTimeout: 90_000,
          hookTimeout: 90_000,
          // Relay and browser wait for each other some of the time; three would wait for the processors.
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
