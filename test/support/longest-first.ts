import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files that take half a minute and more: begun last, they would run alone at the end. */
const LONGEST = [
  'test/e2e/accessibility/first-half.e2e.ts',
  'test/e2e/accessibility/second-half.e2e.ts',
  'test/faults/kill-nine.test.ts',
  'test/faults/crash-transactions.test.ts',
  'test/faults/crash-points.test.ts',
  'test/e2e/payload.e2e.ts',
  'test/e2e/desktop/desktop.e2e.ts',
  'test/e2e/catalog.e2e.ts',
  'test/e2e/inbox.e2e.ts',
  'test/e2e/safety/xss.e2e.ts',
  'test/providers/verify-all.test.ts',
  'test/api/openapi-generated.test.ts',
  'test/engine/signing/doctor/no-false-findings.test.ts',
  'test/safety/canaries.test.ts',
]

/** Begins with the files that take longest. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const found = LONGEST.findIndex((path) => moduleId.endsWith(path))
      return found === -1 ? LONGEST.length : found
    }
    return (await super.sort(files)).toSorted((one, other) => place(one) - place(other))
  }
}
