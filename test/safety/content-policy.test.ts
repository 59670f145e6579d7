import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { ANSWER_HEADERS, PAGE_HEADERS } from '#main/api/http/security-headers.ts'
import { buildIfStale } from '#main/cli/build.ts'
import { readTree, ROOT } from '#test/architecture/source-tree.ts'

beforeAll(buildIfStale, 120_000)

it('SE16 nowhere does the product allow inline code or code made of text', () => {
  for (const headers of [PAGE_HEADERS, ANSWER_HEADERS]) expect(headers['content-security-policy']).not.toMatch(/unsafe/)
  const product = readTree('ts,tsx,html,mjs').filter(({ path }) => !path.startsWith('test/'))
  expect(product.filter(({ text }) => /unsafe-(inline|eval|hashes)/.test(text)).map(({ path }) => path)).toEqual([])
})

it('SE16 the built pages hold no inline script, no inline style and no policy of their own', () => {
  const pages = globSync('out/renderer/**/*.html', { cwd: ROOT })
  expect(pages.length).toBeGreaterThan(0)
  for (const page of pages) {
    const html = readFileSync(join(ROOT, page), 'utf8')
    expect(html.match(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=|http-equiv/gi), page).toBeNull()
  }
})
