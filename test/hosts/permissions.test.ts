import { globSync, mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, it, onTestFinished } from 'vitest'
import { buildIfStale } from '#main/cli/build.ts'
import { eventually } from '#test/e2e/support/window.ts'
import { makeOlder } from '#test/storage/keeping/older-schema.ts'
import { scratchFolder, startProgram, untilPrinted } from './bin.ts'

beforeAll(buildIfStale, 120_000)

it('DA11 SEC-3 whatever the umask, everything that a relay writes is for its owner alone', async () => {
  const home = scratchFolder()
  const data = join(home, 'data')
  mkdirSync(data)
  makeOlder(join(data, 'hookloop.db'), 3)
  const command = ['-c', 'umask 000; exec "$0" "$@"', process.execPath, 'src-main/cli/bin.mjs', 'serve']
  const flags = ['--port', '0', '--capture-port', '0', '--json', '--data', data, '--key-file', join(home, 'key', 'k')]
  const started = startProgram('/bin/sh', [...command, ...flags], home)
  onTestFinished(async () => {
    started.child.kill('SIGKILL')
    await started.ended
  })
  const { api, token } = JSON.parse(await untilPrinted(started, /\n/)) as { api: string; token: string }
  const call = async (method: string, path: string) => {
    const response = await fetch(`${api}${path}`, { method, headers: { authorization: `Bearer ${token}` } })
    return (await response.json()) as { id: string; state: string }
  }
  const { id } = await call('POST', '/backups')
  await eventually(
    () => call('GET', `/backups/${id}`),
    ({ state }) => state === 'done',
  )
  const open = globSync('**/*', { cwd: home })
    .map((name) => ({ name, mode: statSync(join(home, name)).mode }))
    .filter(({ mode }) => (mode & 0o077) !== 0)
    .map(({ name, mode }) => `${name} ${(mode & 0o777).toString(8)}`)
  // The folders that this test made are its own.
  expect(open.filter((line) => !line.startsWith('data 7'))).toEqual([])
  const names = globSync('data/**/*', { cwd: home }).map((name) => name.replace(/^data\//, ''))
  for (const part of [
    /^hookloop\.db$/,
    /-wal$/,
    /-shm$/,
    /\.schema-3\./,
    /\.lock$/,
    /^session\.json$/,
    /^backups\/.*\.db\.json$/,
  ]) {
    expect(names.filter((name) => part.test(name))).toHaveLength(1)
  }
})
