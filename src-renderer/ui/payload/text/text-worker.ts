// Runs on a thread of its own: the lines of a text of ten megabytes take longer to find than a page may stand still.
import { answerWith } from '../../../platform/browser/use-off-thread.ts'
import { buffersOf, layOutText } from './text-layout.ts'

answerWith(layOutText, buffersOf)
