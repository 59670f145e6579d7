import { writeFile } from 'node:fs/promises'
import { Command } from 'commander'
import { openContext } from '../../context.ts'
import { withExamples } from '../../options/examples.ts'
import { plain } from '../../text/plain.ts'
import { addRequestOptions, readRequest, type RequestOptions } from './request-options.ts'

interface Options extends RequestOptions {
  bodyOut?: string
}

const EXAMPLES = [
  'hookloop sign --provider github --secret env:GITHUB_SECRET --body @push.json',
  'hookloop sign --provider stripe --secret @secret.txt --body @event.json > headers.txt\ncurl -H @headers.txt --data-binary @event.json http://127.0.0.1:3000/hooks',
]
const MORE = `Prints the headers that the sender would send, one to a line. Some senders sign inside the body: --body-out writes the
body as it has to be sent. Nothing is sent or stored.`

export function signCommand(): Command {
  const sign = new Command('sign').description('Sign a request as its sender would').action(run)
  addRequestOptions(sign).option('--body-out <file>', 'write the body that belongs to the headers')
  return withExamples(sign, EXAMPLES, MORE)
}

async function run(options: Options, command: Command): Promise<void> {
  const { api, terminal, note, show } = openContext(command)
  const request = await readRequest(options, terminal)
  const signed = await api.signing.sign(request)
  if (options.bodyOut !== undefined) await writeFile(options.bodyOut, Buffer.from(signed.bodyBase64, 'base64'))
  else if (signed.bodyBase64 !== request.bodyBase64) {
    note(`${options.provider} signs inside the body, which is not the one given any more: write it with --body-out.`)
  }
  show(signed, ({ headers }) => headers.map(([name, value]) => plain(`${name}: ${value}`)).join('\n'))
}
