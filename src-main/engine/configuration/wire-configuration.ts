import type { SourceSecrets } from '../capture/source-secrets.ts'
import type { Dispatcher } from '../delivery/dispatcher.ts'
import type { EndpointSecrets } from '../endpoints/named-secrets.ts'
import type { SigningSecrets } from '../endpoints/signing-secrets.ts'
import type { Change } from '../engine.ts'
import type { Feed } from '../feed.ts'
import type { Store } from '../ports.ts'
import type { WiredWorkflows } from '../workflows/wire-workflows.ts'
import type { ConfigurationApi } from './configuration-api.ts'
import { createConfiguration } from './configuration.ts'
import type { StageDeps } from './staging/stage.ts'

export function wireConfiguration(
  deps: Omit<StageDeps, 'runner'> & {
    store: Store
    changes: Feed<Change>
    sourceSecrets: Pick<SourceSecrets, 'changed'>
    signingSecrets: Pick<SigningSecrets, 'changed'>
    namedSecrets: Pick<EndpointSecrets, 'changed'>
    dispatcher: Pick<Dispatcher, 'drain'>
    workflows: Pick<WiredWorkflows, 'runner' | 'rescheduled'>
  },
): ConfigurationApi {
  const { sourceSecrets, signingSecrets, namedSecrets, dispatcher, workflows } = deps
  return createConfiguration({
    ...deps,
    runner: workflows.runner,
    forgetSource: sourceSecrets.changed,
    forgetEndpoint(id) {
      signingSecrets.changed(id)
      namedSecrets.changed(id)
    },
    onReleased: (id) => dispatcher.drain(id),
    onRescheduled: workflows.rescheduled,
  })
}
