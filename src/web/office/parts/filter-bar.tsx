import { Button, DatePicker, Input, Select } from 'antd'
import dayjs from 'dayjs'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useFilters, useToday } from '#web/office/session.ts'
import { looksLikeCertificate } from './certificate.ts'

// Filters live in the address: a link shows what its sender saw.

const NO_FILTERS = ['scope', 'sort', 'tab', 'columns', 'job']

/** True where the address narrows a list down. */
export function isFiltered(filters: Record<string, string>): boolean {
  return Object.keys(filters).some((name) => !NO_FILTERS.includes(name))
}

/** A row of filters with 清除条件 once anything is set. */
export function FilterBar({ children, keep = [] }: { children: ReactNode; keep?: string[] }) {
  const [filters, change] = useFilters()
  const set = Object.keys(filters).filter((name) => ![...NO_FILTERS, ...keep].includes(name))
  return (
    <fieldset className="filter-bar no-paper">
      <legend className="unseen">筛选条件</legend>
      {children}
      {set.length > 0 ? (
        <Button type="link" onClick={() => change(Object.fromEntries(set.map((name) => [name, undefined])))}>
          清除条件
        </Button>
      ) : null}
    </fieldset>
  )
}

/** A choice among [value, label] pairs; none chosen means all. */
export function FilterSelect({ name, label, options }: { name: string; label: string; options: [string, string][] }) {
  const [filters, change] = useFilters()
  return (
    <Select
      className="filter"
      aria-label={label}
      placeholder={label}
      allowClear
      showSearch={options.length > 8 ? { optionFilterProp: 'label' } : false}
      popupMatchSelectWidth={false}
      value={filters[name]}
      onChange={(value?: string) => change({ [name]: value })}
      options={options.map(([value, text]) => ({ value, label: text }))}
    />
  )
}

const TYPING_PAUSE_MS = 350

/** A text filter that takes effect when typing pauses, or at once with the enter key. */
export function FilterText({ name, label }: { name: string; label: string }) {
  const [filters, change] = useFilters()
  const applied = filters[name] ?? ''
  const sent = useRef(applied)
  const [text, setText] = useState(applied)
  const isCertificate = looksLikeCertificate(text)
  const apply = (typed: string) => {
    if (looksLikeCertificate(typed) || typed.trim() === applied) return
    sent.current = typed.trim()
    change({ [name]: typed.trim() || undefined })
  }
  useEffect(() => {
    if (applied !== sent.current) setText(applied)
    sent.current = applied
  }, [applied])
  const timer = useRef(0)
  const type = (typed: string) => {
    setText(typed)
    window.clearTimeout(timer.current)
    timer.current = window.setTimeout(() => latest.current(typed), TYPING_PAUSE_MS)
  }
  const latest = useRef(apply)
  latest.current = apply
  return (
    <Input
      className="filter filter-text"
      aria-label={label}
      placeholder={label}
      allowClear
      maxLength={60}
      status={isCertificate ? 'error' : ''}
      title={isCertificate ? '证件号码请用“按证件号码查”' : undefined}
      value={text}
      onChange={(event) => type(event.target.value)}
      onPressEnter={() => apply(text)}
    />
  )
}

/** A date filter, 'YYYY-MM-DD' in the address. */
export function FilterDate({ name, label }: { name: string; label: string }) {
  const [filters, change] = useFilters()
  const today = useToday()
  const value = filters[name]
  return (
    <DatePicker
      className="filter-date"
      aria-label={label}
      placeholder={label}
      format="YYYY-MM-DD"
      value={value ? dayjs(value) : null}
      defaultPickerValue={today ? dayjs(today) : undefined}
      onChange={(chosen) => change({ [name]: chosen ? chosen.format('YYYY-MM-DD') : undefined })}
    />
  )
}
