import type { Behaviour } from './behaviour.ts'

const EVERY_MS = 500
const MIB = 1_048_576

/** Words of a script, beside plain statuses. */
export const WORDS: Readonly<Record<string, { means: string; behaviour: Behaviour }>> = {
  reset: { means: 'reset before any answer', behaviour: { do: 'reset' } },
  'reset-while-sending': { means: 'reset while the body is sent', behaviour: { do: 'reset-while-sending' } },
  cut: { means: '200, reset in the middle of the body', behaviour: { do: 'cut' } },
  silence: { means: 'never answer', behaviour: { do: 'silence' } },
  stall: { means: 'stop reading after 64 KiB', behaviour: { do: 'stall', afterBytes: 65_536 } },
  trickle: { means: 'a header now and then, for ever', behaviour: { do: 'trickle-headers', everyMs: EVERY_MS } },
  drip: {
    means: '200, a byte of the body now and then',
    behaviour: { do: 'drip-body', status: 200, everyMs: EVERY_MS },
  },
  gzip: { means: '64 KiB of gzip that grow to 64 MiB', behaviour: { do: 'gzip', sizeBytes: 64 * MIB } },
  huge: { means: 'an answer of 1 GiB', behaviour: { do: 'huge', sizeBytes: 1024 * MIB } },
  redirect: { means: '302 to /elsewhere', behaviour: { do: 'redirect', status: 302, to: '/elsewhere' } },
  hints: { means: 'three 103 before a 200', behaviour: { do: 'interim', status: 103, count: 3 } },
  flood: { means: 'a thousand 102 before a 200', behaviour: { do: 'interim', status: 102, count: 1_000 } },
  upgrade: { means: 'a 101 that nobody asked for', behaviour: { do: 'interim', status: 101, count: 1 } },
  '204body': { means: '204 with a body', behaviour: { do: 'body-after-204' } },
  ssh: { means: 'an SSH banner', behaviour: { do: 'not-http', bytes: 'SSH-2.0-OpenSSH_9.9\r\n' } },
  early: { means: '413 before the body is read, then close', behaviour: { do: 'early', status: 413 } },
  stale: { means: '200, then reset when the connection is used again', behaviour: { do: 'stale' } },
}

/**
 * A script as people write it: words and statuses with commas, a wait in ms after `@`, a count after `*`, such as
 * `500*3,reset,200@1500`. Throws an error that names the word.
 */
export function parseScript(text: string): Behaviour[] {
  return text.split(',').flatMap((word) => {
    const [, what = '', delay, count = '1'] = /^([^@*]+)(?:@(\d{1,7}))?(?:\*(\d{1,4}))?$/.exec(word.trim()) ?? []
    const behaviour = meaningOf(what, delay === undefined ? null : Number(delay))
    if (!behaviour) throw new Error(`“${word.trim()}” is no status and none of: ${Object.keys(WORDS).join(', ')}`)
    return Array.from({ length: Number(count) }, () => behaviour)
  })
}

function meaningOf(what: string, delayMs: number | null): Behaviour | null {
  if (/^[1-9]\d\d$/.test(what)) return { do: 'answer', status: Number(what), ...(delayMs !== null && { delayMs }) }
  return delayMs === null ? (WORDS[what]?.behaviour ?? null) : null
}
