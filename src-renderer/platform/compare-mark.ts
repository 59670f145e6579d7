import { createObservable } from './browser/observable.ts'

/** The event that waits for another one to be compared with; null where none was chosen. */
export const compareMark = createObservable<{ id: string; title: string } | null>(null)
