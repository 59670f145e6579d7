import type { Provider } from '#main/engine/catalog/provider.ts'

const text = { type: 'string' }

/** Ids come as text; those of a user or a partner are empty where there is none. */
const WHOSE = {
  crawl_id: text,
  project_id: text,
  account_id: text,
  user_id: text,
  partner_account_id: text,
  partner_user_id: text,
}

const SAMPLE = {
  crawl_id: '1728394',
  project_id: '284713',
  account_id: '1190',
  user_id: '40213',
  partner_account_id: '',
  partner_user_id: '',
}

export const lumar: Provider = {
  id: 'lumar',
  name: 'Lumar',
  signing: null,
  recognition: { eventType: [], messageId: [] },
  policy: 'lumar',
  bodyFormat: 'form',
  eventTypes: [
    {
      name: 'crawl_status',
      description: 'A standard crawl finished; a test suite’s build sends none. It goes out as a form.',
      schema: {
        type: 'object',
        properties: { message: text, resource: text, ...WHOSE, status: { const: 'finished' }, href: text },
        required: ['message', 'resource', ...Object.keys(WHOSE), 'status', 'href'],
      },
      sample: {
        message: 'Crawl finished',
        resource: 'crawl',
        ...SAMPLE,
        status: 'finished',
        href: 'https://api.lumar.example/accounts/1190/projects/284713/crawls/1728394',
      },
    },
    {
      name: 'report_download_available',
      description: 'A report can be fetched as a file. It goes out as a form.',
      schema: {
        type: 'object',
        properties: {
          message: text,
          resource: text,
          ...WHOSE,
          report_download_id: text,
          report_id: {
            type: 'string',
            pattern: '^[^:]+:[^:]+:[^:]+(:[^:]+)?$',
            description: 'crawlId:template:type, and a segment’s id where there is one.',
          },
          file_url: { type: 'string', format: 'uri' },
          status: { const: 'generated' },
        },
        required: [
          'message',
          'resource',
          ...Object.keys(WHOSE),
          'report_download_id',
          'report_id',
          'file_url',
          'status',
        ],
      },
      sample: {
        message: 'Report download available',
        resource: 'report_download',
        ...SAMPLE,
        report_download_id: '55071',
        report_id: '1728394:all_pages:basic:9921',
        file_url: 'https://downloads.lumar.example/reports/55071/all_pages.csv.zip',
        status: 'generated',
      },
    },
  ],
  facts: {
    source: 'Lumar callback documentation',
    checkedOn: '2026-11-21',
    unconfirmed: 'The texts of message and resource, and where a callback names its type.',
  },
}
