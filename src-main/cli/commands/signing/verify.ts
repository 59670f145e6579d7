import { Command } from 'commander'
import type { Diagnosis, Finding } from '#shared/model/diagnosis.ts'
import { explainVerdict } from '#shared/model/verdict-explanations.ts'
import type { Verdict } from '#shared/model/verdict.ts'
import { openContext } from '../../context.ts'
import { EXIT } from '../../exit.ts'
import { withExamples } from '../../options/examples.ts'
import { stack, type Text } from '../../text/view.ts'
import { span, withState } from '../../text/words.ts'
import { plainLines } from '../../text/plain.ts'
import { addRequestOptions, readRequest, type RequestOptions } from './request-options.ts'

interface Options extends RequestOptions {
  explain?: true
}

const EXAMPLES = [
  "hookloop verify --provider github --secret env:GITHUB_SECRET --body @push.json --header 'X-Hub-Signature-256: sha256=…'",
  'hookloop verify --provider stripe --secret @secret.txt --request @captured.http --explain',
]
const MORE = `Judges a request as the sender's own verifier would; nothing is stored. --explain looks for the change with which the
signature is right. Exit codes: 0 valid, 1 not valid or not checked.`

export function verifyCommand(): Command {
  const verify = new Command('verify').description('Check the signature of a request').action(run)
  addRequestOptions(verify).option('--explain', 'say what explains a signature that does not fit')
  return withExamples(verify, EXAMPLES, MORE)
}

async function run(options: Options, command: Command): Promise<void> {
  const { api, terminal, show, endWith } = openContext(command)
  const request = await readRequest(options, terminal)
  if (options.explain) {
    const diagnosis = await api.signing.diagnose(request)
    show(diagnosis, (found) => diagnosisText(found, options.provider))
    if (diagnosis.verdict !== 'valid') endWith(EXIT.failed)
    return
  }
  const verdict = await api.signing.verify(request)
  show(verdict, (found) => verdictText(found, options.provider))
  if (verdict.verdict !== 'valid') endWith(EXIT.failed)
}

function verdictText(found: Verdict, provider: string): Text {
  const state = withState('', found.verdict)
  if (found.reason === null) return state
  const { title } = explainVerdict({ ...found, provider }, { sender: provider, formatSpan: span })
  return stack(state, `${title} (${found.reason}).`)
}

function diagnosisText(found: Diagnosis, provider: string): Text {
  if (found.verdict === 'valid') return verdictText(found, provider)
  const nothing = found.complete
    ? 'No known change explains it.'
    : 'The body is too large for every change to be tried.'
  const findings = found.findings.length === 0 ? [nothing] : found.findings.map(findingText)
  return stack(verdictText(found, provider), ...findings.flatMap((finding) => ['', finding]))
}

function findingText({ certainty, title, explanation, fix, difference }: Finding): Text {
  const parts = [`${explanation}`, fix]
  if (difference !== undefined) {
    parts.push(`received  ${difference.received}`, `signed    ${difference.signed}`)
  }
  return stack(({ paint }) => paint('bold', `${title} (${certainty})`), plainLines(parts.join('\n')))
}
