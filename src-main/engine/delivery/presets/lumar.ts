import { preset, SECOND } from './preset.ts'

export const lumar = preset({
  id: 'lumar',
  description:
    'One form post with 30 s to answer 200, 201, 202, 203 or 204. Anything else fails it, which the project’s notification URL is told.',
  source: 'Lumar callback documentation',
  timeoutMs: 30 * SECOND,
  success: [200, 201, 202, 203, 204],
  encoding: 'form',
  notifyOnFailure: true,
})
