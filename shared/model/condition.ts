import { z } from 'zod'

/**
 * What must hold of an event, as JSON: paths (`body.data.id`, `headers.x-topic`, `query.a`, `path`, `source`) against values or the
 * field's operators (`$eq $neq $gt $gte $lt $lte $in $nin $startsWith $endsWith $contains $exist $regex $or $and $not`).
 * Its shape is checked where it is compiled.
 */
export const Condition = z.record(z.string(), z.json())
export type Condition = z.infer<typeof Condition>
