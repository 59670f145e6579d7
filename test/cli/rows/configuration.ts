import { contract } from '#shared/contract/index.ts'
import { SourceView } from '#shared/contract/sources.ts'
import { z } from 'zod'
import type { CliRig } from '../cli-rig.ts'
import { answerOf, newEndpoint, type Row } from './row.ts'

const NO_ENDPOINT = 'end_01JD8Z5K3WQ7M0X2T9B4C6E8FA'

async function newSource(rig: CliRig, ...more: string[]): Promise<string> {
  const slug = `shop-${rig.number()}`
  await rig.json('sources', 'create', slug, '--name', 'Shop', ...more)
  return slug
}

export const SOURCE_ROWS: readonly Row[] = [
  {
    command: 'sources list',
    works: () => ['sources'],
    says: /SLUG +NAME[^]*inbox +Inbox +0 +200 +http:\S+\/in\/inbox/,
    json: answerOf(contract.sources.list),
    fails: [4, () => ['sources', '--project', 'nowhere']],
    misused: ['sources', 'list', 'all'],
  },
  {
    command: 'sources create',
    works: (rig) =>
      ['sources', 'create', `flaky-${rig.number()}`, '--script', '500', '503', '200', '--delay', '0'].slice(0, 7),
    says: /^http:\S+\/in\/flaky-\d+\n$/,
    json: answerOf(contract.sources.create),
    fails: [4, () => ['sources', 'create', 'inbox']],
    misused: ['sources', 'create', 'x', '--duplicates', 'twice'],
  },
  {
    command: 'sources show',
    works: async (rig) => ['sources', 'show', await newSource(rig, '--provider', 'github', '--script', '500', '200')],
    says: /Sender +github[^]*Answer +500, 200, then the last one/,
    json: SourceView,
    fails: [4, () => ['sources', 'show', 'nowhere']],
    misused: ['sources', 'show'],
  },
  {
    command: 'sources update',
    works: async (rig) => ['sources', 'update', await newSource(rig), '--status', '202', '--delay', '500'],
    says: /Answer +202 after 500 ms/,
    json: answerOf(contract.sources.update),
    fails: [4, () => ['sources', 'update', 'inbox', '--provider', 'nobody']],
    misused: ['sources', 'update', 'inbox', '--status', 'fine'],
  },
  {
    command: 'sources delete',
    works: async (rig) => ['sources', 'delete', await newSource(rig)],
    says: /^src_\w+ is deleted\n$/,
    json: answerOf(contract.sources.delete),
    fails: [4, () => ['sources', 'delete', 'nowhere']],
    misused: ['sources', 'delete'],
  },
  {
    command: 'sources secrets',
    works: async (rig) => {
      const slug = await newSource(rig, '--provider', 'github', '--secret', 'the-old-one')
      return { args: ['sources', 'secrets', slug, '--add', '-'], stdin: 'the-new-one\n' }
    },
    says: /ID +ADDED\nsec_\w+ +now\nsec_\w+/,
    json: z.object({ items: SourceView.shape.secrets.min(2) }),
    fails: [4, () => ['sources', 'secrets', 'inbox', '--remove', 'sec_none']],
    misused: ['sources', 'secrets', 'inbox', '--add', 'env:NOT_SET_AT_ALL'],
  },
]

export const ENDPOINT_ROWS: readonly Row[] = [
  {
    command: 'endpoints list',
    works: async (rig) => {
      await newEndpoint(rig)
      return ['endpoints']
    },
    says: /ID +NAME +STATE[^]*Shop +active +standard +none/,
    json: answerOf(contract.endpoints.list),
    fails: [4, () => ['endpoints', '--project', 'nowhere']],
    misused: ['endpoints', 'list', '--types', '*'],
  },
  {
    command: 'endpoints create',
    works: (rig) => ['endpoints', 'create', '--name', 'App', '--url', `${rig.receiver.url}/app`, '--policy', 'github'],
    says: /^end_\w+\nSigning secret, shown this once: \S+\n$/,
    json: answerOf(contract.endpoints.create),
    fails: [4, () => ['endpoints', 'create', '--name', 'App', '--url', 'ftp://example.com']],
    misused: ['endpoints', 'create', '--name', 'App', '--url', 'http://127.0.0.1:9', '--condition', '{"body'],
  },
  {
    command: 'endpoints show',
    works: async (rig) => ['endpoints', 'show', await newEndpoint(rig, '--header', 'X-Shop: 1')],
    says: /Name +Shop[^]*State +active[^]* {2}X-Shop +1/,
    json: answerOf(contract.endpoints.get),
    fails: [4, () => ['endpoints', 'show', NO_ENDPOINT]],
    misused: ['endpoints', 'show'],
  },
  {
    command: 'endpoints pause',
    works: async (rig) => ['endpoints', 'pause', await newEndpoint(rig)],
    says: /^Shop is paused; 0 held\n$/,
    json: answerOf(contract.endpoints.pause),
    fails: [4, () => ['endpoints', 'pause', NO_ENDPOINT]],
    misused: ['endpoints', 'pause'],
  },
  {
    command: 'endpoints resume',
    works: async (rig) => {
      const id = await newEndpoint(rig)
      await rig.json('endpoints', 'pause', id)
      return ['endpoints', 'resume', id]
    },
    says: /^Shop is active; 0 released, 0 discarded\n$/,
    json: answerOf(contract.endpoints.resume),
    fails: [4, async (rig) => ['endpoints', 'resume', await newEndpoint(rig)]],
    misused: ['endpoints', 'resume', NO_ENDPOINT, '--held', 'maybe'],
  },
  {
    command: 'endpoints delete',
    works: async (rig) => ['endpoints', 'delete', await newEndpoint(rig)],
    says: /^end_\w+ is deleted; 0 canceled\n$/,
    json: answerOf(contract.endpoints.delete),
    fails: [4, () => ['endpoints', 'delete', NO_ENDPOINT]],
    misused: ['endpoints', 'delete'],
  },
]
