import { createObservable } from './observable.ts'
import { recall, remember } from './remembered.ts'

export type ThemeChoice = 'system' | 'light' | 'dark'

function recalledTheme(): ThemeChoice {
  const kept = recall('theme')
  return kept === 'light' || kept === 'dark' ? kept : 'system'
}

export const themeChoice = createObservable<ThemeChoice>('system')

function show(choice: ThemeChoice): void {
  if (choice === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = choice
}

/** Applies the remembered theme; to be called once, before the first paint. */
export function startTheme(): void {
  const choice = recalledTheme()
  themeChoice.set(choice)
  show(choice)
}

export function chooseTheme(choice: ThemeChoice): void {
  themeChoice.set(choice)
  remember('theme', choice === 'system' ? null : choice)
  show(choice)
}
