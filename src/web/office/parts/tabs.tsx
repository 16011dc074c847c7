import type { KeyboardEvent, ReactNode } from 'react'
import { useFilters } from '#web/office/session.ts'

export interface Tab {
  key: string
  title: string
  body: ReactNode
}

/** Tabs whose choice stands in the address; on paper all of them follow one another. */
export function Tabs({ label, tabs }: { label: string; tabs: Tab[] }) {
  const [{ tab }, change] = useFilters()
  const current = tabs.find(({ key }) => key === tab)?.key ?? tabs[0]?.key
  const walk = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step === 0) return
    const at = tabs.findIndex(({ key }) => key === current)
    const next = tabs[(at + step + tabs.length) % tabs.length]
    change({ tab: next?.key })
    document.getElementById(`tab-${next?.key}`)?.focus()
  }
  return (
    <div className="tabs">
      <div role="tablist" aria-label={label} className="tab-bar" onKeyDown={walk}>
        {tabs.map(({ key, title }) => (
          <button
            key={key}
            id={`tab-${key}`}
            type="button"
            role="tab"
            aria-selected={key === current}
            aria-controls={`panel-${key}`}
            tabIndex={key === current ? 0 : -1}
            onClick={() => change({ tab: key })}
          >
            {title}
          </button>
        ))}
      </div>
      {tabs.map(({ key, title, body }) => (
        <div key={key} id={`panel-${key}`} role="tabpanel" aria-labelledby={`tab-${key}`} hidden={key !== current}>
          <h2 className="paper-only">{title}</h2>
          {body}
        </div>
      ))}
    </div>
  )
}
