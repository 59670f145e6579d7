import { z } from 'zod'

/** A variable of the environment of whoever applies a file. */
export const VariableName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/, 'use the name of a variable: letters, digits and underscores')

/** The value of a variable: the file holds its name alone. */
export const FromVariable = z.strictObject({ env: VariableName })
export type FromVariable = z.infer<typeof FromVariable>

/** What the relay has stays there. */
export const Keep = z.strictObject({ keep: z.literal(true) })
export type Keep = z.infer<typeof Keep>

/** Where a secret comes from. A file never holds one. */
export const SecretReference = z.union([FromVariable, Keep], {
  error: 'write { env: NAME } for the value of a variable, or { keep: true } for what the relay has',
})
export type SecretReference = z.infer<typeof SecretReference>
