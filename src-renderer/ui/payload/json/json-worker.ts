// Runs on a thread of its own: a JSON text of ten megabytes takes longer than a page may stand still.
import { answerWith } from '../../../platform/browser/use-off-thread.ts'
import { buffersOf, readJsonBody } from './read-json-body.ts'

answerWith(readJsonBody, buffersOf)
