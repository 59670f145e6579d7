/** One instruction of a Dockerfile. */
export interface Instruction {
  word: string
  text: string
}

/** From one `FROM` to the next. */
export interface Stage {
  name: string
  instructions: readonly Instruction[]
}

/** Reads what this project's Dockerfile is made of; throws for an instruction that nobody here would run. */
export function readDockerfile(source: string): Stage[] {
  const stages: { name: string; instructions: Instruction[] }[] = []
  for (const line of source.replaceAll(/\\\n\s*/g, ' ').split('\n')) {
    if (line.trim() === '' || line.startsWith('#')) continue
    const [, word = '', text = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? []
    if (!KNOWN.has(word)) throw new Error(`“${line}” is no instruction that is known here`)
    if (word === 'FROM') stages.push({ name: / AS (\S+)$/.exec(text)?.[1] ?? 'last', instructions: [] })
    else stages.at(-1)?.instructions.push({ word, text })
  }
  return stages
}

const KNOWN = new Set([
  'FROM',
  'WORKDIR',
  'COPY',
  'RUN',
  'ENV',
  'USER',
  'VOLUME',
  'EXPOSE',
  'HEALTHCHECK',
  'ENTRYPOINT',
  'CMD',
])
