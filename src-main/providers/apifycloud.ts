import type { CatalogEventType, Provider } from '#main/engine/catalog/provider.ts'

const text = { type: 'string' }

/** The envelope that ApifyCloud puts around each event of a widget. */
function widgetEvent(
  name: string,
  description: string,
  { id, createdAt, data, schema }: { id: string; createdAt: string; data: object; schema: Record<string, object> },
): CatalogEventType {
  return {
    name,
    description,
    sample: { id, type: name, createdAt, data },
    schema: {
      type: 'object',
      properties: {
        id: text,
        type: { const: name },
        createdAt: { type: 'string', format: 'date-time' },
        data: { type: 'object', properties: { widgetId: text, callId: text, ...schema }, required: ['widgetId'] },
      },
      required: ['id', 'type', 'createdAt', 'data'],
    },
  }
}

const CALL = { widgetId: 'wid_7Hq2Lk', callId: 'call_9f1c24d0', visitorId: 'vis_51b7e0' }
const PAGE = 'https://shop.example.com/contact'

export const apifycloud: Provider = {
  id: 'apifycloud',
  name: 'ApifyCloud',
  signing: null,
  recognition: { eventType: [{ json: 'type' }], messageId: [{ json: 'id' }] },
  policy: 'apifycloud',
  eventTypes: [
    widgetEvent('widget_opened', 'A visitor opened the widget.', {
      id: 'evt_2c6f9e14',
      createdAt: '2026-11-20T09:11:48.112Z',
      data: { widgetId: CALL.widgetId, visitorId: CALL.visitorId, page: PAGE },
      schema: { visitorId: text, page: text },
    }),
    widgetEvent('call_started', 'A visitor began a call in the widget.', {
      id: 'evt_7b0d5a31',
      createdAt: '2026-11-20T09:12:04.000Z',
      data: { ...CALL, page: PAGE, locale: 'de-AT' },
      schema: { visitorId: text, page: text, locale: text },
    }),
    widgetEvent('call_ended', 'A call ended, by whichever side.', {
      id: 'evt_7b0d5a32',
      createdAt: '2026-11-20T09:15:46.000Z',
      data: { ...CALL, durationSeconds: 222, endedBy: 'visitor', outcome: 'answered' },
      schema: {
        visitorId: text,
        durationSeconds: { type: 'number', minimum: 0 },
        endedBy: text,
        outcome: text,
      },
    }),
    widgetEvent('call_failed', 'A call could not be set up.', {
      id: 'evt_7b0d5a4e',
      createdAt: '2026-11-20T09:31:10.500Z',
      data: { ...CALL, error: { code: 'microphone_denied', message: 'The visitor did not allow the microphone.' } },
      schema: {
        visitorId: text,
        error: { type: 'object', properties: { code: text, message: text }, required: ['code', 'message'] },
      },
    }),
  ],
  facts: {
    source: 'ApifyCloud webhook documentation',
    checkedOn: '2026-11-21',
    unconfirmed: 'The fields inside data, and the types widget_opened and call_failed.',
  },
}
