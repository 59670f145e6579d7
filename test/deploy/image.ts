import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readDockerfile, type Instruction, type Stage } from './dockerfile.ts'

/** As which user the last stage runs, where this program may choose: `node` of the official image. */
const NODE_USER = 1_000

/** What a Dockerfile makes, in a folder that stands for the root of a container. */
export interface Image {
  /** Runs words of its entry, or its own command, as its user. */
  run(words: readonly string[] | null, env?: NodeJS.ProcessEnv): ChildProcess
  /** Runs its health check; throws where that fails. */
  checkHealth(): void
}

interface Built {
  root: string
  workdir: string
  env: Record<string, string>
  user: string | null
  health: string[]
  entry: string[]
  command: string[]
}

/**
 * Follows a Dockerfile without a container engine: each stage is a folder, `RUN` runs there, absolute paths are below it, and
 * the last stage runs as nobody in particular. `context` is the folder that is copied from; `say` is told each step.
 */
export function buildImage(file: string, order: { context: string; folder: string; say(line: string): void }): Image {
  const built = new Map<string, Built>()
  let last: Built | null = null
  for (const stage of readDockerfile(readFileSync(file, 'utf8'))) {
    last = buildStage(stage, built, order)
    built.set(stage.name, last)
  }
  const image = last!
  const identity = image.user !== null && process.getuid?.() === 0 ? { uid: NODE_USER, gid: NODE_USER } : {}
  const place = { cwd: below(image, image.workdir), ...identity }
  const envWith = (env: NodeJS.ProcessEnv = {}) => ({ PATH: pathOf(image), HOME: '/tmp', ...image.env, ...env })
  return {
    run: (words, env) => {
      const inside = words?.map((word) => (word.startsWith('/') ? below(image, word) : word))
      const [program = '', ...rest] = [...image.entry, ...(inside ?? image.command)]
      return spawn(program, rest, { ...place, env: envWith(env), stdio: ['ignore', 'pipe', 'pipe'] })
    },
    checkHealth() {
      const [program = '', ...rest] = image.health
      execFileSync(program, rest, { ...place, env: envWith(), stdio: 'pipe' })
    },
  }
}

function buildStage(
  { name, instructions }: Stage,
  built: ReadonlyMap<string, Built>,
  { context, folder, say }: { context: string; folder: string; say(line: string): void },
): Built {
  const image: Built = {
    root: join(folder, name),
    workdir: '/',
    env: {},
    user: null,
    health: [],
    entry: [],
    command: [],
  }
  mkdirSync(join(image.root, 'usr/local/bin'), { recursive: true })
  for (const instruction of instructions) {
    say(`${name}: ${instruction.word} ${instruction.text}`.slice(0, 120))
    follow(image, instruction, (from) => (from === null ? context : built.get(from)!.root))
  }
  return image
}

function follow(image: Built, { word, text }: Instruction, rootOf: (stage: string | null) => string): void {
  switch (word) {
    case 'WORKDIR':
      image.workdir = text
      return void mkdirSync(below(image, text), { recursive: true })
    case 'ENV': {
      const [name = '', value = ''] = text.split('=', 2)
      image.env[name] = value.startsWith('/') ? below(image, value) : value
      return
    }
    case 'USER':
      return void (image.user = text)
    case 'HEALTHCHECK':
      return void (image.health = words(text.replace(/^.*?CMD /, '')))
    case 'ENTRYPOINT':
      return void (image.entry = words(text))
    case 'CMD':
      return void (image.command = words(text))
    case 'COPY':
      return copy(image, text, rootOf)
    case 'RUN':
      return run(image, text)
  }
}

function copy(image: Built, text: string, rootOf: (stage: string | null) => string): void {
  const [, stage = null, from = '', to = ''] = /^(?:--from=(\S+) )?(\S+) (\S+)$/.exec(text) ?? []
  const target = join(below(image, image.workdir), to)
  mkdirSync(dirname(target), { recursive: true })
  cpSync(join(rootOf(stage), from), target, { recursive: true, verbatimSymlinks: true })
}

/** What makes users and links of the system is done here in its own way; everything else is run as it stands. */
function run(image: Built, text: string): void {
  const link = /^ln -s (\S+) (\S+)$/.exec(text)
  if (link) return symlinkSync(below(image, link[1]!), below(image, link[2]!))
  const owned = /^mkdir (\S+) && chown node:node (\S+)$/.exec(text)
  if (owned) {
    mkdirSync(below(image, owned[1]!), { recursive: true })
    if (process.getuid?.() === 0) chownSync(below(image, owned[2]!), NODE_USER, NODE_USER)
    return
  }
  execFileSync('sh', ['-c', text], {
    cwd: below(image, image.workdir),
    env: { ...process.env, ...image.env },
    stdio: 'pipe',
  })
}

function below({ root }: Built, path: string): string {
  return join(root, path)
}

function pathOf({ root }: Built): string {
  return `${join(root, 'usr/local/bin')}:${dirname(process.execPath)}:/usr/bin:/bin`
}

function words(json: string): string[] {
  return JSON.parse(json) as string[]
}

/** The files that a container engine would be given: those of the repository, as they are now, without what is ignored. */
export function copyContext(root: string, to: string): void {
  const ignored = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n').filter(Boolean)
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root })
  for (const file of listed.toString().split('\0').filter(Boolean)) {
    const isLeftOut = ignored.some((pattern) => file === pattern || file.startsWith(`${pattern}/`))
    if (isLeftOut || !existsSync(join(root, file))) continue
    mkdirSync(dirname(join(to, file)), { recursive: true })
    cpSync(join(root, file), join(to, file), { verbatimSymlinks: true })
  }
}

export function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
}
