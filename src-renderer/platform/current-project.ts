import { createObservable } from './browser/observable.ts'
import { recall, remember } from './browser/remembered.ts'

export const FIRST_PROJECT = 'default'

/** Slug of the project that the window shows. */
export const currentProject = createObservable(recall('project') ?? FIRST_PROJECT)

export function showProject(slug: string): void {
  remember('project', slug)
  currentProject.set(slug)
}
