// `npm run schema`: writes the whole schema from the migrations.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { renderWholeSchema } from './whole-schema.ts'

writeFileSync(
  join(import.meta.dirname, '../../../src-main/adapters/sqlite/migrations/whole-schema.ts'),
  renderWholeSchema(),
)
