import { useEffect, useRef } from 'react'

const TYPING = 'input, textarea, select, [contenteditable], [role="combobox"]'

/** True where a key press belongs to a field and not to the page. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(TYPING) !== null && !target.matches('input[type="checkbox"]')
}

const STEPS: Record<string, number> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }

/** Moves the focus through the first links of a table's rows; Enter then follows the link by itself. */
export function useRowKeys() {
  const body = useRef<HTMLTableSectionElement>(null)
  useEffect(() => {
    const move = (event: KeyboardEvent) => {
      const step = STEPS[event.key]
      if (step === undefined || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      const links = [...(body.current?.querySelectorAll<HTMLElement>('tr') ?? [])].flatMap(
        (row) => row.querySelector<HTMLElement>('a') ?? [],
      )
      const at = links.findIndex((link) => link.closest('tr')?.contains(document.activeElement))
      const isArrow = event.key.startsWith('Arrow')
      if (links.length === 0 || (isArrow && at < 0)) return
      event.preventDefault()
      links[Math.min(links.length - 1, Math.max(0, at + step))]?.focus()
    }
    document.addEventListener('keydown', move)
    return () => document.removeEventListener('keydown', move)
  }, [])
  return body
}
