// `npm run commands`: writes docs/commands.md from the program itself.
import { writeFileSync } from 'node:fs'
import { COMMANDS_PAGE, renderCommandsPage } from './commands-page.ts'

writeFileSync(COMMANDS_PAGE, renderCommandsPage())
