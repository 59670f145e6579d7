import { call } from '@orpc/server'
import { createSchema } from 'graphql-yoga'
import type { AccountView } from '#shared/contract/seeds/callbacks.ts'
import type { ProjectView } from '#shared/contract/projects.ts'
import type { ApiContext } from '../api-context.ts'
import type { ApiRouter } from '../router.ts'

const TYPE_DEFS = /* GraphQL */ `
  type Query {
    "The installation as a whole."
    account: Account!
    "By id or slug."
    project(id: ID!): Project
    projects: [Project!]!
  }

  type Mutation {
    updateAccount(input: UpdateAccountInput!): UpdateAccountPayload!
    updateProject(input: UpdateProjectInput!): UpdateProjectPayload!
  }

  type Account {
    id: ID!
    apiCallbackUrl: String
    apiCallbackHeaders: [CallbackHeader!]!
  }

  type Project {
    id: ID!
    slug: String!
    name: String!
    apiCallbackUrl: String
    apiCallbackHeaders: [CallbackHeader!]!
    "Where a callback that failed for good is told."
    notificationUrl: String
  }

  "Credentials are shown as ***, but in the answer that sets them."
  type CallbackHeader {
    key: String!
    value: String!
  }

  input CallbackHeaderInput {
    key: String!
    value: String!
  }

  "What is left out stays; null removes."
  input UpdateAccountInput {
    apiCallbackUrl: String
    apiCallbackHeaders: [CallbackHeaderInput!]
  }

  "What is left out stays; null removes."
  input UpdateProjectInput {
    "By id or slug."
    projectId: ID!
    name: String
    apiCallbackUrl: String
    apiCallbackHeaders: [CallbackHeaderInput!]
    notificationUrl: String
  }

  type UpdateAccountPayload {
    account: Account!
  }

  type UpdateProjectPayload {
    project: Project!
  }
`

interface CallbackInput {
  apiCallbackUrl?: string | null
  apiCallbackHeaders?: { key: string; value: string }[] | null
}
interface ProjectInput extends CallbackInput {
  projectId: string
  name?: string | null
  notificationUrl?: string | null
}

/** The account’s one id: there is one in an installation. */
const ACCOUNT_ID = 'account'

/** Projects and the account in GraphQL: every field is answered by a procedure of the contract, with its guards. */
export function createGraphqlSchema(router: ApiRouter) {
  const asAccount = (view: AccountView) => ({ id: ACCOUNT_ID, ...view })
  const listed = async (context: ApiContext) => (await call(router.projects.list, undefined, { context })).items

  return createSchema<ApiContext>({
    typeDefs: TYPE_DEFS,
    resolvers: {
      Query: {
        account: async (_parent, _args, context) => asAccount(await call(router.account.get, undefined, { context })),
        projects: (_parent, _args, context) => listed(context),
        project: async (_parent, { id }: { id: string }, context) =>
          (await listed(context)).find((project: ProjectView) => project.id === id || project.slug === id) ?? null,
      },
      Mutation: {
        async updateAccount(_parent, { input }: { input: CallbackInput }, context) {
          return { account: asAccount(await call(router.account.update, given(input), { context })) }
        },
        async updateProject(_parent, { input: { projectId, name, ...change } }: { input: ProjectInput }, context) {
          const wanted = { id: projectId, ...given(change), ...(name === null ? {} : given({ name })) }
          return { project: await call(router.projects.update, wanted, { context }) }
        },
      },
    },
  })
}

/** GraphQL’s inputs have no prototype, which the contract’s schemas do not take for objects. */
function given<T extends object>(input: T): T {
  return JSON.parse(JSON.stringify(input)) as T
}
