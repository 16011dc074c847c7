import { Button, Popover } from 'antd'
import { useEffect, useRef, useState } from 'react'
import type { ListColumns } from '#kernel/lists/wire.ts'
import { write } from '#web/office/api.ts'
import { useFilters } from '#web/office/session.ts'
import { useSubmission } from '#web/office/submission.ts'
import type { ShownColumns } from './columns.ts'
import { RefusalNote } from './condition.tsx'
import { Icon } from './icon.tsx'

// 显示列: which columns a list shows, and in which order; kept for this person, and taken along by an export.

interface Line {
  key: string
  label: string
  isShown: boolean
}

function linesOf({ all, keys }: ShownColumns): Line[] {
  const label = (key: string) => all.find((column) => column.key === key)?.label ?? key
  const others = all.filter(({ key }) => !keys.includes(key))
  return [
    ...keys.map((key) => ({ key, label: label(key), isShown: true })),
    ...others.map((column) => ({ key: column.key, label: column.label, isShown: false })),
  ]
}

function moved(lines: Line[], at: number, step: number): Line[] {
  const next = [...lines]
  const [line] = next.splice(at, 1)
  if (line) next.splice(at + step, 0, line)
  return next
}

function ColumnLine({
  line,
  at,
  last,
  change,
}: {
  line: Line
  at: number
  last: number
  change: (to: Line[] | ((lines: Line[]) => Line[])) => void
}) {
  const toggle = () =>
    change((lines) => lines.map((one) => (one.key === line.key ? { ...one, isShown: !one.isShown } : one)))
  const step = (by: number) => change((lines) => moved(lines, at, by))
  return (
    <li
      onKeyDown={(event) => {
        const by = event.altKey ? { ArrowUp: -1, ArrowDown: 1 }[event.key] : undefined
        if (by === undefined || at + by < 0 || at + by > last) return
        event.preventDefault()
        step(by)
      }}
    >
      <label>
        <input type="checkbox" checked={line.isShown} onChange={toggle} /> {line.label}
      </label>
      <span className="column-moves">
        <Button
          type="text"
          size="small"
          aria-label={`“${line.label}”上移`}
          disabled={at === 0}
          icon={<Icon name="up" size={14} />}
          onClick={() => step(-1)}
        />
        <Button
          type="text"
          size="small"
          aria-label={`“${line.label}”下移`}
          disabled={at === last}
          icon={<Icon name="down" size={14} />}
          onClick={() => step(1)}
        />
      </span>
    </li>
  )
}

function Chooser({ list, shown, leave }: { list: string; shown: ShownColumns; leave: () => void }) {
  const [lines, setLines] = useState(() => linesOf(shown))
  const [, change] = useFilters()
  const left = useRef(leave)
  left.current = leave
  useEffect(() => {
    const onEscape = (event: KeyboardEvent) => event.key === 'Escape' && left.current()
    document.addEventListener('keydown', onEscape)
    return () => document.removeEventListener('keydown', onEscape)
  }, [])
  const keep = useSubmission<{ list: string; columns: string[] }, ListColumns>(
    (sent, key) => write('PUT', 'list-columns', sent, key),
    () => {
      // From here on the own choice counts, not that of the link one came by.
      change({ columns: undefined })
      leave()
    },
  )
  const chosen = lines.filter(({ isShown }) => isShown).map(({ key }) => key)
  return (
    <div className="column-chooser">
      <RefusalNote error={keep.error} />
      <p className="soft">勾选要显示的列；用箭头按钮（或按住 Alt 再按上下键）调整顺序。导出时按同样的列。</p>
      <ul>
        {lines.map((line, at) => (
          <ColumnLine key={line.key} line={line} at={at} last={lines.length - 1} change={setLines} />
        ))}
      </ul>
      <div className="column-acts">
        <Button disabled={!shown.isChosen || keep.isPending} onClick={() => keep.mutate({ list, columns: [] })}>
          恢复默认
        </Button>
        <Button
          type="primary"
          disabled={chosen.length === 0}
          loading={keep.isPending}
          onClick={() => keep.mutate({ list, columns: chosen })}
        >
          保存
        </Button>
      </div>
    </div>
  )
}

/** The button 显示列 with its popover. */
export function ColumnChooser({ list, shown }: { list: string; shown: ShownColumns | null }) {
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const close = () => {
    setOpen(false)
    button.current?.focus()
  }
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={isOpen}
      onOpenChange={setOpen}
      title="显示列"
      content={isOpen && shown ? <Chooser list={list} shown={shown} leave={close} /> : null}
    >
      <button
        ref={button}
        type="button"
        className="text-button wide-only"
        aria-expanded={isOpen}
        disabled={shown === null}
      >
        显示列
      </button>
    </Popover>
  )
}
