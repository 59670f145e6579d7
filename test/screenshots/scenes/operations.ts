import { openScreen, shownScreen } from '#test/e2e/support/window.ts'
import type { Scene } from './scene.ts'

/** Integrations, and the policy and the runbook of an endpoint. */
export const OPERATION_SCENES: readonly Scene[] = [
  {
    name: 'integrations',
    arrange: async (page) => {
      await openScreen(page, 'Endpoints')
      await page.getByRole('toolbar').getByRole('link', { name: 'Integrations' }).click()
      await shownScreen(page, 'Integrations')
        .getByRole('option', { name: /Google Analytics 4/ })
        .click()
      await page.getByRole('region', { name: 'Health' }).getByText('Connectivity').waitFor()
      await page.getByRole('button', { name: 'Send a test' }).click()
      await page.getByRole('status', { name: 'Test report' }).waitFor()
      await page.getByText('The request, made of a sample').click()
      await page.getByRole('region', { name: 'Health' }).scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'integration-new',
    arrange: async (page) => {
      await openScreen(page, 'Endpoints')
      await page.getByRole('toolbar').getByRole('link', { name: 'Integrations' }).click()
      await shownScreen(page, 'Integrations').getByRole('option', { name: /Meta/ }).click()
      await page.getByText('Mapping and address').click()
      await page.getByText('Not confirmed').waitFor()
    },
  },
  {
    name: 'endpoint-runbook',
    arrange: async (page) => {
      await openScreen(page, 'Endpoints')
      await page.getByRole('option', { name: /Local API/ }).click()
      await page.getByRole('tab', { name: 'Runbook' }).click()
      await page.getByRole('table', { name: 'Attempts' }).waitFor()
      await page.getByRole('list', { name: 'Snapshots' }).getByText('Version').first().waitFor()
      await page.getByRole('region', { name: 'Rollback' }).scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'endpoint-policy',
    arrange: async (page) => {
      await openScreen(page, 'Endpoints')
      await page.getByRole('option', { name: /Local API/ }).click()
      await page.getByLabel('Timeout', { exact: true }).fill('20 s')
      await page.getByLabel('Waits before each retry').fill('10 s, 1 min, 10 min, 1 h')
      await page.getByText(/2 fields differ/).waitFor()
      await page.getByLabel('If the receiver').scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'endpoint-policy-refused',
    arrange: async (page) => {
      await openScreen(page, 'Endpoints')
      await page.getByRole('option', { name: /Local API/ }).click()
      await page.getByLabel('Timeout', { exact: true }).fill('1 h')
      await page.getByLabel('Waits before each retry').fill('10 s, soon')
      await page.getByLabel('Attempts in flight').scrollIntoViewIfNeeded()
      await page.getByText('Write times by commas').scrollIntoViewIfNeeded()
    },
  },
]
