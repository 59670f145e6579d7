import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { json } from '@codemirror/lang-json'
import { bracketMatching, codeFolding, foldGutter, foldKeymap, indentOnInput } from '@codemirror/language'
import { type Diagnostic, linter, lintGutter } from '@codemirror/lint'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { EditorState, type Extension } from '@codemirror/state'
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view'
import { useEffect, useEffectEvent, useRef } from 'react'
import { readJson } from '../../payload/json-places.ts'
import { windowLook } from './code-theme.ts'

const LINT_AFTER_MS = 250

/** JSON is checked and coloured as it is typed; any other text stays as it is. */
export type CodeLanguage = 'json' | 'text'

/** A text to edit. Heavy: to be loaded when it is first shown. */
export default function CodeEditor({
  label,
  language,
  value,
  onChange,
  onSubmit,
}: {
  label: string
  language: CodeLanguage
  value: string
  onChange: (value: string) => void
  /** By ⌘ or Ctrl and Enter. */
  onSubmit?: (() => void) | undefined
}) {
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const tell = useEffectEvent(onChange)
  const submit = useEffectEvent(() => {
    onSubmit?.()
    return onSubmit !== undefined
  })
  const first = useEffectEvent(() => value)
  useEffect(() => {
    const host = place.current!
    // Its styles are adopted by a shadow root; in the page itself they would be a style element, which the policy forbids.
    const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' })
    const editor = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: first(),
        extensions: [
          keymap.of([{ key: 'Mod-Enter', run: () => submit() }]),
          extensionsOf(label, language),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) tell(update.state.doc.toString())
          }),
        ],
      }),
    })
    view.current = editor
    return () => editor.destroy()
  }, [label, language])
  useEffect(() => {
    const editor = view.current
    const shown = editor?.state.doc.toString()
    if (editor === null || shown === value) return
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } })
  }, [value])
  return <div ref={place} className="flex min-h-0 grow flex-col overflow-hidden" />
}

function extensionsOf(label: string, language: CodeLanguage): Extension {
  return [
    // Nothing but \n ends a line, so that a \r stays the byte that it is.
    EditorState.lineSeparator.of('\n'),
    EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', autocapitalize: 'off' }),
    lineNumbers(),
    history(),
    drawSelection(),
    highlightActiveLine(),
    highlightSelectionMatches(),
    search({ top: true }),
    EditorView.lineWrapping,
    language === 'json' ? [json(), foldGutter(), codeFolding(), bracketMatching(), indentOnInput(), jsonLint()] : [],
    // Tab goes on to the next field: whoever cannot use a mouse must get out again.
    keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap, ...foldKeymap]),
    typingOver(),
    windowLook,
  ]
}

/** Left to itself, Chromium writes what is typed over a selection in the old one's look, by a style that the policy refuses. */
function typingOver(): Extension {
  return EditorView.domEventHandlers({
    beforeinput(event, view) {
      const { state } = view
      if (event.inputType !== 'insertText' || event.data === null || view.composing || state.selection.main.empty) {
        return false
      }
      event.preventDefault()
      view.dispatch(state.update(state.replaceSelection(event.data), { userEvent: 'input.type', scrollIntoView: true }))
      return true
    },
  })
}

function jsonLint(): Extension {
  return [linter(({ state }) => problemsOf(state), { delay: LINT_AFTER_MS }), lintGutter()]
}

function problemsOf({ doc }: EditorState): Diagnostic[] {
  const text = doc.toString()
  const read = text.trim() === '' ? { value: undefined } : readJson(text)
  if ('value' in read) return []
  const { from, to } = doc.line(Math.min(Math.max(1, read.line), doc.lines))
  return [{ from, to, severity: 'error', message: read.message }]
}
