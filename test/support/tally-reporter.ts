import type { Reporter, TestModule } from 'vitest/node'

/** Prints the run's last line: `Tests: N passed, N failed[, N skipped]`. */
export default class TallyReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const count = { passed: 0, failed: errors.length, skipped: leftOut(), pending: 0 }
    for (const module of modules) {
      const states = [...module.children.allTests()].map((test) => test.result().state)
      for (const state of states) count[state]++
      if (module.state() === 'failed' && !states.includes('failed')) count.failed++
    }
    const skipped = count.skipped + count.pending
    const line = `Tests: ${count.passed} passed, ${count.failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`
    // Whatever else still prints at the end, such as a coverage table, comes before it.
    process.once('exit', () => process.stdout.write(line))
  }
}

/** Tests that the caller left out of the run because something that they need is missing. */
function leftOut(): number {
  return Number(process.env['HOOKLOOP_TESTS_LEFT_OUT'] ?? 0)
}
