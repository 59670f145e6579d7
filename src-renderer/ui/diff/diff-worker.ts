// Runs on a thread of its own: comparing two large bodies takes longer than a page may stand still.
import { answerWith } from '../../platform/browser/use-off-thread.ts'
import { compareBodies } from './values/compare-bodies.ts'

answerWith(compareBodies)
