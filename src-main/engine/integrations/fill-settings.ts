import type { Failure } from '#shared/model/failure.ts'
import type { IntegrationKind, IntegrationSettings } from '#shared/model/integration.ts'
import { integrationType } from './integration-types.ts'

const TOKEN = /\{setting\.([A-Za-z0-9]{1,40})\}/g

/** The settings with what holds where one is left out. */
export function settingsOf(kind: IntegrationKind, given: IntegrationSettings): IntegrationSettings {
  const presets = integrationType(kind).settings.flatMap(({ name, preset }) => (preset ? [[name, preset]] : []))
  return { ...(Object.fromEntries(presets) as IntegrationSettings), ...given }
}

/** The URL with each `{setting.name}` filled in, percent-encoded, or which one is missing. */
export function filledSettings(
  url: string,
  { kind, settings }: { kind: IntegrationKind; settings: IntegrationSettings },
): { url: string } | { failure: Failure } {
  const all = settingsOf(kind, settings)
  const missing = Array.from(url.matchAll(TOKEN), ([, name = '']) => name).find((name) => all[name] === undefined)
  if (missing !== undefined) {
    const detail = `The URL uses {setting.${missing}}, and the integration has no such setting`
    return { failure: { code: 'template_invalid', phase: 'build', detail } }
  }
  return { url: url.replaceAll(TOKEN, (_token, name: string) => encodeURIComponent(all[name] ?? '')) }
}
