import type { Provider } from '#main/engine/catalog/provider.ts'
import { crawlux } from './crawlux.ts'
import { standardWebhooks } from './standard-webhooks.ts'

/** Every sender that ships. Adding one is adding a file and a line here. */
export const providers: readonly Provider[] = [standardWebhooks, crawlux]
