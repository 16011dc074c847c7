import { Popover } from 'antd'
import { type ReactNode, useState } from 'react'
import type { ClockView, DueExplanation } from '#kernel/clock-rule/wire.ts'
import { dueWords, span } from '#web/office/parts/format.ts'
import { useToday } from '#web/office/session.ts'
import { useRules } from './rule-names.ts'

// A limit on screen: how many days, and behind 依据 how the date came about.

const SIGNS: Record<string, string> = { danger: '●', warn: '▲', calm: '○', good: '✓', rest: '‖' }

/** 还有 3 天 / 超期 2 天, with a sign, and the date on hover. */
export function DueText({ state, dueOn, doneOn }: { state: string; dueOn: string | null; doneOn?: string | null }) {
  const { text, tone } = dueWords(state, dueOn, useToday(), doneOn)
  return (
    <span className={`due ${tone}`} title={dueOn ? `届满日 ${dueOn}` : undefined}>
      <span aria-hidden="true">{SIGNS[tone]}</span> {text}
    </span>
  )
}

/** Says whether the law or the court made a limit. The court's own settings must never look like law. */
export function SourceMark({ mark }: { mark: string }) {
  if (mark === 'C') return <span className="source-mark setting">本院设置</span>
  return <span className="source-mark law">{mark === 'V' ? '法律规定' : '法律规定 · 原文待核'}</span>
}

/** Words in which the start fact is named on screen; the server may send them ready. */
const START_FACTS: Record<string, string> = {
  filedOn: '立案',
  filed: '立案',
  arrivedOn: '案款到账',
  arrival: '案款到账',
}

function startWords(startFact: string): string {
  return START_FACTS[startFact] ?? (/[A-Za-z]/.test(startFact) ? '起算事实发生' : startFact)
}

function Reckoning({ due }: { due: DueExplanation }) {
  const lines: [string, ReactNode][] = [
    [
      '起算',
      <>
        {due.startOn}（{startWords(due.startFact)}，当日不计）
      </>,
    ],
    ['期限', due.unit === 'day' ? `${span(due.n, due.unit)}（日历日）` : span(due.n, due.unit)],
    ...due.suspensions.map(({ fromOn, toOn, days, ground }): [string, ReactNode] => [
      '扣除',
      `${fromOn} 至 ${toOn ?? '今'}，${days} 日：${ground}`,
    ]),
    ...due.extensions.map(({ n, unit, ground, approvedBy }): [string, ReactNode] => [
      '延长',
      `${span(n, unit)}：${ground}（${approvedBy} 批准）`,
    ]),
    ...due.skipped.map(({ on, why }): [string, ReactNode] => ['不计', `${on} ${why}`]),
    ['届满', <strong key="due">{due.dueOn ?? '该年度放假安排尚未录入，不能计算'}</strong>],
  ]
  return (
    <dl className="reckoning">
      {lines.map(([label, value]) => (
        <div key={`${label} ${typeof value === 'string' ? value : ''}`}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Rule, source and computation of a due date. */
export function Explanation({ name, due, note }: { name: string; due: DueExplanation; note?: string | null }) {
  const label = useRules().data?.rules.find(({ id }) => id === due.ruleId)?.label
  return (
    <div className="explanation">
      <p>
        <strong>{label ?? name}</strong> <SourceMark mark={due.mark} />
        {due.version > 1 ? <span className="soft"> 第 {due.version} 版</span> : null}
      </p>
      <p className="soft">
        {due.mark === 'C' ? '设置依据' : '法律依据'}：{due.source}
      </p>
      {note ? <p className="note">{note}</p> : null}
      <Reckoning due={due} />
    </div>
  )
}

/** The small 依据 beside every limit. */
export function Basis({ name, due, note }: { name: string; due: DueExplanation; note?: string | null }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <Popover
      trigger="click"
      placement="bottomLeft"
      open={isOpen}
      onOpenChange={setOpen}
      content={isOpen ? <Explanation name={name} due={due} note={note} /> : null}
      title={`${name}：期限依据`}
    >
      <button
        type="button"
        className="basis no-paper"
        aria-expanded={isOpen}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && isOpen) {
            event.stopPropagation()
            setOpen(false)
          }
        }}
      >
        依据
      </button>
    </Popover>
  )
}

/** One limit in a line: its name, whether internal, how it stands, and why. */
export function ClockLine({ clock }: { clock: ClockView }) {
  return (
    <div className="clock-line">
      <span className="clock-name">{clock.name}</span>
      <DueText state={clock.state} dueOn={clock.due.dueOn} doneOn={clock.doneOn} />
      <span className="soft whole">
        {clock.doneOn ? `${clock.doneOn} 办结，限 ${clock.due.dueOn ?? '未定'}` : `限 ${clock.due.dueOn ?? '未定'}`}
      </span>
      {clock.note ? <span className="note">{clock.note}</span> : null}
      <Basis name={clock.name} due={clock.due} note={clock.note} />
    </div>
  )
}

/** The limits of a thing, those that press first. */
export function ClockList({ clocks }: { clocks: ClockView[] }) {
  const rank: Record<string, number> = { overdue: 0, running: 1, uncomputed: 2, suspended: 3, late: 4, met: 5 }
  const sorted = [...clocks].sort(
    (a, b) => (rank[a.state] ?? 9) - (rank[b.state] ?? 9) || (a.due.dueOn ?? '9').localeCompare(b.due.dueOn ?? '9'),
  )
  if (sorted.length === 0) return <p className="soft">没有期限在计算。</p>
  return (
    <div className="clock-list">
      {sorted.map((clock) => (
        <ClockLine key={clock.id} clock={clock} />
      ))}
    </div>
  )
}
