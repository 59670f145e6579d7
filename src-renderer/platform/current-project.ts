import { createObservable } from './browser/observable.ts'
import { recall, remember } from './browser/remembered.ts'

export const FIRST_PROJECT = 'default'

/** As `in=…` after the place: what a link shows is of one project, whichever the window showed before. */
function namedProject(hash: string): string | null {
  return new URLSearchParams(hash.split('?')[1] ?? '').get('in')
}

/** Slug of the project that the window shows. The address leads: whoever turns to another project changes its `in`. */
export const currentProject = createObservable(namedProject(location.hash) ?? recall('project') ?? FIRST_PROJECT)

export function showProject(slug: string): void {
  remember('project', slug)
  currentProject.set(slug)
}
