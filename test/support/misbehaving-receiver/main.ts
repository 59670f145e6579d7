// `npm run dev:receiver`: a receiver of webhooks that misbehaves as its script says.
import { parseArgs } from 'node:util'
import { parseScript, WORDS } from './parse-script.ts'
import { startMisbehavingReceiver } from './receiver.ts'
import type { Receipt } from './receipts.ts'

const HELP = `A receiver of webhooks that misbehaves on demand.

  npm run dev:receiver -- --port 3000 --script "500,500,200"

  --port <number>    where it listens on 127.0.0.1; a free port where left out
  --script <words>   what each request meets in turn, the last word staying; 200 where left out
  --ledger <file>    appends a line of JSON for each request, on disk before the answer is written
  --json             prints lines of JSON in place of text
  --help             this text

A word is a status, such as 503, with a wait in ms after @ where it shall be late (200@1500), or one of
${Object.entries(WORDS)
  .map(([word, { means }]) => `  ${word.padEnd(21)}${means}`)
  .join('\n')}
A count follows after *: 500*3,200 fails three times and then takes everything.
`

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    script: { type: 'string', default: '200' },
    ledger: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) {
  process.stdout.write(HELP)
} else {
  const { ledger } = values
  const receiver = await startMisbehavingReceiver({
    port: Number(values.port),
    script: parseScript(values.script),
    ...(ledger !== undefined && { ledger }),
    onReceipt: (receipt) => print(values.json ? JSON.stringify(receipt) : lineOf(receipt)),
  })
  print(values.json ? JSON.stringify({ url: receiver.url }) : `Receiving at ${receiver.url}; Ctrl-C ends it.`)
  const end = () => void receiver.close()
  process.once('SIGINT', end).once('SIGTERM', end)
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

function lineOf({ at, eventId, attempt, bodyBytes, bodySha256, did, status }: Receipt): string {
  const time = new Date(at).toISOString().slice(11, 23)
  const what = did === 'answer' ? String(status) : did
  const who = eventId === '' ? 'no Hookloop-Event' : `${eventId} try ${attempt}`
  return `${time}  ${what.padEnd(6)}  ${who}  ${bodyBytes} bytes  ${bodySha256.slice(0, 12)}`
}
