// `npm run test:deploy`: does what the Dockerfile and docs/team-relay.md say, in a clean folder, up to the first event on a
// laptop. No container engine is needed: image.ts follows the Dockerfile, and a proxy stands in for Caddy.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { parse } from 'yaml'
import { ROOT } from '#test/architecture/source-tree.ts'
import { startReceiver } from '#test/support/receiver.ts'
import { buildImage, copyContext, remove } from './image.ts'
import { stepsOf, type Step } from './page.ts'
import { startFrontProxy } from './front-proxy.ts'

const DOMAIN = 'hooks.example.com'
const folder = mkdtempSync(join(tmpdir(), 'hookloop-deploy-'))
// Another user than this program's runs what is in it.
chmodSync(folder, 0o755)
const context = join(folder, 'context')
const running: ChildProcess[] = []
const receiver = await startReceiver()
const proxy = await startFrontProxy({ host: DOMAIN, api: 4780, capture: 4781 })
const say = (line: string) => void process.stdout.write(`${line}\n`)

try {
  copyContext(ROOT, context)
  const image = buildImage(join(context, 'Dockerfile'), { context, folder: join(folder, 'stages'), say })
  const page = readFileSync(join(ROOT, 'docs/team-relay.md'), 'utf8')
  const place = { cwd: context, said: '' }
  for (const step of stepsOf(page)) await follow(step)
  if (running.length < 2) throw new Error('The page did not start a relay and a laptop')

  async function follow({ place: where, commands }: Step): Promise<void> {
    if (where === 'service') return
    const laptop: NodeJS.ProcessEnv = {}
    for (const command of commands) {
      say(`${where}: ${command}`)
      if (where === 'laptop') await onLaptop(command, laptop)
      else if (where === 'sender') await send(command)
      else await onServer(command)
    }
  }

  async function onServer(command: string): Promise<void> {
    const [, folderName] = /^cd (\S+)$/.exec(command) ?? []
    if (folderName !== undefined) return void (place.cwd = join(place.cwd, folderName))
    if (command === 'docker compose up -d --build') return up()
    const [, words, file] = /^docker compose exec relay hookloop (.*?)(?: > (\S+))?$/.exec(command) ?? []
    if (words === undefined) return void execFileSync('sh', ['-c', command], { cwd: place.cwd })
    const child = image.run(splitWords(words))
    const [said, failed, code] = await Promise.all([text(child.stdout!), text(child.stderr!), ended(child)])
    // The doctor finds no desktop's keychain in a container, and says so by its code.
    if (code !== 0 && !words.startsWith('doctor')) throw new Error(`${command} ended with ${code}: ${failed}`)
    if (file !== undefined) execFileSync('sh', ['-c', `cat > ${file}`], { cwd: place.cwd, input: said })
    else say(said.trimEnd())
    place.said = said.includes('/in/') ? said.trim() : place.said
  }

  async function up(): Promise<void> {
    const compose = readFileSync(join(place.cwd, 'compose.yaml'), 'utf8')
    const { services } = parse(compose) as { services: { relay: { environment: Record<string, string> } } }
    const environment = Object.entries(services.relay.environment).map(([name, value]) => [
      name,
      value.replaceAll(/\$\{HOOKLOOP_DOMAIN[^}]*\}/g, DOMAIN),
    ])
    const proxies = { HOOKLOOP_TRUSTED_PROXIES: '127.0.0.1' }
    const relay = image.run(null, { ...Object.fromEntries(environment), ...proxies })
    relay.stderr!.on('data', (chunk: Buffer) => process.stderr.write(chunk))
    relay.stdout!.resume()
    running.push(relay)
    for (let tries = 0; ; tries++) {
      try {
        return image.checkHealth()
      } catch (error) {
        if (tries > 60 || relay.exitCode !== null) throw error
        await wait(500)
      }
    }
  }

  async function onLaptop(command: string, env: NodeJS.ProcessEnv): Promise<void> {
    if (command.startsWith('export HOOKLOOP_RELAY_KEY=')) {
      const { secret } = JSON.parse(readFileSync(join(place.cwd, 'laptop.json'), 'utf8')) as { secret: string }
      env['HOOKLOOP_RELAY_KEY'] = secret
      return
    }
    const words = splitWords(command.replace('npx hookloop ', ''))
      .map((word) => word.replace(`https://${DOMAIN}`, proxy.origin).replace('http://localhost:3000', receiver.url))
      .concat(['--port', '0', '--capture-port', '0', '--data', join(folder, 'laptop')])
    const variables = { ...process.env, ...env, HOOKLOOP_KEY_FILE: join(folder, 'laptop.key') }
    const bin = join(ROOT, 'src-main/cli/bin.mjs')
    const laptop = spawn(process.execPath, [bin, ...words], { env: variables, stdio: ['ignore', 'pipe', 'inherit'] })
    running.push(laptop)
    await untilSaid(laptop, /link live/)
  }

  async function send(command: string): Promise<void> {
    const { pathname } = new URL(place.said)
    const [, body = ''] = /-d '([^']*)'/.exec(command) ?? []
    if (!command.startsWith('curl -d ')) throw new Error(`${command} is no way to send that is known here`)
    const answer = await fetch(`${proxy.origin}${pathname}`, { method: 'POST', body })
    if (!answer.ok) throw new Error(`The relay answered ${answer.status}`)
    const [request] = await receiver.waitFor(1)
    if (request?.body.toString() !== body) throw new Error('The laptop got something else')
    say('The first event is on the laptop, byte for byte.')
  }
} finally {
  for (const child of running) child.kill('SIGTERM')
  await Promise.all(running.map(ended))
  await receiver.close()
  await proxy.close()
  remove(folder)
}

function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode)
  return new Promise((resolve) => child.once('close', resolve))
}

/** Whoever reads the page waits for the link before the first event is sent. */
function untilSaid(child: ChildProcess, pattern: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    child.stdout!.on('data', (chunk: Buffer) => {
      process.stdout.write(chunk)
      if (pattern.test(chunk.toString())) resolve()
    })
    child.once('close', (code) => reject(new Error(`The laptop ended with ${code}`)))
  })
}

/** As a shell would, for what the page holds: words, and texts in quotes. */
function splitWords(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, plain]) => double ?? single ?? plain ?? '',
  )
}
