// Calls each provider's snippet with its cases; answers with what each call gave, or its error.
import { readFileSync } from 'node:fs'

const jobs = JSON.parse(readFileSync(0, 'utf8'))
const answers = {}
for (const { id, file, name, cases } of jobs) {
  const { [name]: verify } = await import(file)
  answers[id] = cases.map(({ bodyBase64, headers, keys, extras }) => {
    const lower = Object.fromEntries(headers.map(([key, value]) => [key.toLowerCase(), value]))
    try {
      return verify(Buffer.from(bodyBase64, 'base64'), lower, keys, ...extras)
    } catch (error) {
      return String(error)
    }
  })
}
process.stdout.write(JSON.stringify(answers))
