/** A block of the page that is meant to be run, and where. */
export interface Step {
  place: 'run' | 'laptop' | 'sender' | 'service'
  commands: readonly string[]
}

/** The steps of a page, in its order: fenced blocks that say `sh` and a place. */
export function stepsOf(page: string): Step[] {
  return [...page.matchAll(/^```sh (run|laptop|sender|service)\n(.*?)^```$/gms)].map(([, place, text]) => ({
    place: place as Step['place'],
    commands: text!.split('\n').filter((line) => line.trim() !== ''),
  }))
}
