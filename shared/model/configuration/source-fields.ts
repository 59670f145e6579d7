import { z } from 'zod'
import { HeaderList } from '../header.ts'
import { Answer, Duplicates, MAX_SCRIPT_STEPS, ScriptEnd } from '../source.ts'

/** The largest body limit that a source may set: what is captured is held in memory until it is stored. */
const MAX_BODY_LIMIT_BYTES = 100 * 1024 * 1024

/** More of them in one answer, or longer ones, and a sender would refuse it. */
const MAX_ANSWER_HEADERS = 50
const MAX_ANSWER_HEADER_CHARS = 16_384

const AnswerHeaders = HeaderList.refine((headers) => headers.length <= MAX_ANSWER_HEADERS, {
  error: `use ${MAX_ANSWER_HEADERS} headers at most`,
}).refine((headers) => headers.flat().join('').length <= MAX_ANSWER_HEADER_CHARS, {
  error: `use ${MAX_ANSWER_HEADER_CHARS} characters at most in all headers`,
})

const answerFields = { ...Answer.partial().shape, headers: AnswerHeaders.optional() }

/** One answer, or a script of them; a step may be just its status. */
const AnswerChange = z.strictObject({
  ...answerFields,
  script: z
    .array(z.union([z.string().max(40), z.number().int(), z.strictObject(answerFields)]))
    .min(1)
    .max(MAX_SCRIPT_STEPS)
    .optional()
    .describe('Answers in turn, one for each whole request: statuses such as "500", or answers.'),
  atEnd: ScriptEnd.optional().describe('After the script: its last answer on and on, or all of it again.'),
})

/** What a person sets of a source, but for its secrets. */
export const SourceFields = {
  name: z.string().trim().min(1).max(100),
  provider: z.string().max(60).nullable(),
  answer: AnswerChange,
  publicUrl: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .describe(
      'What senders outside use in place of the capture address, whole; signatures over a URL are checked with it.',
    ),
  duplicates: Duplicates.describe('What happens to a message that its sender sends again.'),
  bodyLimitBytes: z.number().int().min(1).max(MAX_BODY_LIMIT_BYTES),
  allowedOrigins: z
    .array(z.string().max(300))
    .max(50)
    .describe('Origins such as https://shop.example whose pages may ingest; `*` is any.'),
}
