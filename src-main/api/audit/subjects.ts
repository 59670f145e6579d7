import { toInstant } from '#shared/contract/base.ts'
import type { Endpoint } from '#shared/model/endpoint.ts'
import type { Project } from '#shared/model/project.ts'
import type { Source } from '#shared/model/source.ts'
import type { StandingKey, StandingLink, StandingSubscription } from '../../engine/engine.ts'
import { type ApiContext, projectOf } from '../api-context.ts'
import { maskUrl } from './mask-url.ts'
import { type Input, type Subject, textOf } from './subject.ts'

type Look = (context: ApiContext, id: string, input: Input) => Subject | null | Promise<Subject | null>

/** How each noun of an action is looked at; of others an entry tells what the call itself says. */
const LOOKS: Readonly<Record<string, Look>> = {
  endpoint: ofEndpoint,
  secret: (context, id, input) => ofEndpoint(context, id, input) ?? ofSecret(context, id, input),
  source: (context, id, input) => ofSource(context, context.engine.sources.resolve(projectId(context, input), id)),
  link: (context, id, input) => ofLink(context.engine.links.get(projectId(context, input), id)),
  subscription: async ({ engine, ...context }, id, input) =>
    ofSubscription(await engine.subscriptions.get(projectId({ engine, ...context }, input), id)),
  project: ({ engine }, id) => ofProject(engine.projects.resolve(id)),
  provider: ofProvider,
  key: ({ engine, actor }, id) => ofKey(engine.keys.get(actor, id)),
}

/** What the action is about as it stands now; null where there is none, or nobody may know. */
export async function lookAt(
  context: ApiContext,
  action: string,
  id: string | null,
  input: Input,
): Promise<Subject | null> {
  const look = LOOKS[action.slice(0, action.indexOf('.'))]
  if (!look || id === null) return null
  try {
    const subject = await look(context, id, input)
    const { projectId: own } = context.actor
    return own === null || subject?.projectId === own ? subject : null
  } catch {
    // There is none: the call itself is going to say so.
    return null
  }
}

function projectId(context: ApiContext, input: Input) {
  return projectOf(context, { project: textOf(input['project']) ?? undefined }).id
}

function ofEndpoint(context: ApiContext, id: string, input: Input): Subject | null {
  const endpoint = context.engine.endpoints.find(projectId(context, input), id)
  return endpoint && describeEndpoint(endpoint)
}

function describeEndpoint({ id, projectId: project, pausedReason, state, version: { config } }: Endpoint): Subject {
  const { name, url, eventTypes, provider, method, testMode, tls, forwardPath, owner } = config
  const { headers, policy, condition, transformation } = config
  return {
    id,
    name,
    projectId: project,
    shown: {
      name,
      url: maskUrl(url),
      eventTypes,
      'policy.preset': policy.preset,
      provider,
      method,
      testMode,
      'tls.verify': tls.verify,
      forwardPath,
      owner,
      state,
      pausedReason,
    },
    hidden: { policy, headers, condition, transformation, 'tls.ca': tls.ca },
  }
}

async function ofSource({ engine }: ApiContext, source: Source): Promise<Subject> {
  const { id, name, slug, projectId: project, provider, publicUrl, duplicates, bodyLimitBytes, allowedOrigins } = source
  const secrets = await engine.sources.secrets(source)
  return {
    id,
    name,
    projectId: project,
    shown: {
      name,
      slug,
      provider,
      publicUrl: publicUrl && maskUrl(publicUrl),
      duplicates,
      bodyLimitBytes,
      allowedOrigins: [...allowedOrigins],
    },
    hidden: { answer: source.answer, ingestKey: source.ingestKey, secrets: secrets.map((secret) => secret.id) },
  }
}

function ofLink({ link, source }: StandingLink): Subject {
  const { url, remoteProject, remoteSource, subscriber, group, filter, reports, enabled } = link
  const shown = { url: maskUrl(url), remoteProject, remoteSource, subscriber, group, filter, reports, enabled }
  return { id: source.id, name: source.name, projectId: source.projectId, shown, hidden: {} }
}

function ofSubscription({ subscription, source }: StandingSubscription): Subject {
  const { id, name, projectId: project, isGroup, filter } = subscription
  return { id, name, projectId: project, shown: { source: source.slug, isGroup, filter }, hidden: {} }
}

function ofProject({ id, name, slug, timeScale, notificationUrl }: Project): Subject {
  const shown = { name, slug, timeScale, notificationUrl: notificationUrl && maskUrl(notificationUrl) }
  return { id, name, projectId: id, shown, hidden: {} }
}

function ofProvider(context: ApiContext, id: string, input: Input): Subject | null {
  const own = context.engine.catalog.providers.own(projectId(context, input), id)
  if (!own) return null
  const { name, signing, recognition, policy, bodyFormat } = own
  return { id, name, projectId: own.projectId, shown: { name, policy, bodyFormat }, hidden: { signing, recognition } }
}

function ofKey({ id, name, projectId: project, expiresAt, ...key }: StandingKey): Subject {
  const { owner, scopes, prefix, quotaPerMinute, state } = key
  const ends = toInstant(expiresAt)
  const shown = { name, owner, scopes: [...scopes], prefix, expiresAt: ends, quotaPerMinute, state }
  return { id, name, projectId: project, shown, hidden: {} }
}

async function ofSecret(context: ApiContext, id: string, input: Input): Promise<Subject> {
  const { projectId: project, place, name, owner } = await context.engine.vault.resolve(projectId(context, input), id)
  return {
    id,
    name: `${place.endpoint.version.config.name}: ${name}`,
    projectId: project,
    shown: { owner },
    hidden: {},
  }
}
