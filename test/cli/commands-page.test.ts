import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { COMMANDS_PAGE, renderCommandsPage } from './commands-page.ts'

it('REL-3 documents every command as it is (npm run commands writes docs/commands.md anew)', () => {
  expect(readFileSync(COMMANDS_PAGE, 'utf8')).toBe(renderCommandsPage())
})
