import { useEffect, useState } from 'react'
import { useObservable } from '../../platform/browser/observable.ts'
import { themeChoice } from '../../platform/browser/theme.ts'

/** The colours of the theme by the names of their variables. */
export type Colour = 'ok' | 'retry' | 'fail' | 'held' | 'accent' | 'string' | 'muted' | 'faint' | 'line' | 'bg'

/** Reads a colour as a canvas takes it: as it is where `host` stands, in the theme of now. */
export function readColour(host: HTMLElement, colour: Colour): string {
  const probe = document.createElement('span')
  probe.style.color = `var(--${colour})`
  host.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}

/** Another value whenever the theme of the page changes. */
export function useThemeTurn(): string {
  const choice = useObservable(themeChoice)
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    const system = matchMedia('(prefers-color-scheme: dark)')
    const count = (): void => setTurn((before) => before + 1)
    system.addEventListener('change', count)
    return () => system.removeEventListener('change', count)
  }, [])
  return `${choice} ${turn}`
}
