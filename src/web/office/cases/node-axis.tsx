import { useState } from 'react'
import type { CaseView } from '#cases/case/wire.ts'
import type { ClockView } from '#kernel/clock-rule/wire.ts'
import { Basis, DueText } from '#web/matter/clock.tsx'
import { yuan } from '#web/office/parts/format.ts'

// The nodes of a case from filing to closing, each with its date, its limits and who acts.

interface Step {
  label: string
  on: string | null
  amountFen: string | null
  clocks: ClockView[]
}

const ENDS = ['立案', '结案']

/** Done steps by their date, then open ones by their limit, then those without either. */
function byTime(one: Step, other: Step): number {
  const key = ({ on, clocks }: Step) => (on ? `1${on}` : `2${clocks[0]?.due.dueOn ?? '9'}`)
  return key(one).localeCompare(key(other))
}

/** The steps of the axis: 立案, nodes and limits in the order of time, 结案. A limit stands at the node that ends it. */
export function stepsOf(one: CaseView): Step[] {
  const nodeOf = (clock: ClockView) => one.clockNodes[clock.id] ?? clock.name
  const clocksAt = (label: string) => one.clocks.filter((clock) => nodeOf(clock) === label)
  const inner = one.facts
    .filter(({ label }) => !ENDS.includes(label))
    .map(({ label, on, amountFen }): Step => ({ label, on, amountFen, clocks: clocksAt(label) }))
  const known = [...ENDS, ...inner.map(({ label }) => label)]
  const bare = [...new Set(one.clocks.map(nodeOf))]
    .filter((label) => !known.includes(label))
    .map((label): Step => ({ label, on: null, amountFen: null, clocks: clocksAt(label) }))
  const closing = one.closingWay ? `结案：${one.closingWay}` : '结案'
  return [
    { label: '立案', on: one.filedOn, amountFen: null, clocks: clocksAt('立案') },
    ...[...inner, ...bare].sort(byTime),
    { label: closing, on: one.closedOn, amountFen: null, clocks: clocksAt('结案') },
  ]
}

function signOf(step: Step): { sign: string; tone: string; word: string } {
  const states = step.clocks.map(({ state }) => state)
  if (states.includes('overdue')) return { sign: '!', tone: 'danger', word: '已超期' }
  if (step.on) return { sign: '✓', tone: states.includes('late') ? 'late' : 'good', word: '已办' }
  if (states.includes('missed')) return { sign: '✕', tone: 'late', word: '未办结案' }
  if (states.includes('suspended')) return { sign: '‖', tone: 'rest', word: '中止' }
  if (states.includes('running')) return { sign: '●', tone: 'running', word: '办理中' }
  return { sign: '○', tone: 'open', word: '未到' }
}

function AxisStep({ step, handler }: { step: Step; handler: string | null }) {
  const { sign, tone, word } = signOf(step)
  return (
    <li className={`step ${tone}`}>
      <span className="step-sign" aria-hidden="true">
        {sign}
      </span>
      <div className="step-body">
        <strong>{step.label}</strong>
        <span className="unseen">{word}</span>
        {step.on ? <span className="whole">{step.on}</span> : null}
        {step.amountFen ? <span className="whole">{yuan(step.amountFen)} 元</span> : null}
        {step.clocks.map((clock) => (
          <span key={clock.id} className="step-clock">
            {clock.internal ? <span className="soft">内控</span> : null}
            <DueText state={clock.state} dueOn={clock.due.dueOn} doneOn={clock.doneOn} />
            <Basis name={clock.name} due={clock.due} note={clock.note} />
          </span>
        ))}
        {!step.on && step.clocks.length > 0 && handler ? <span className="soft">{handler}</span> : null}
      </div>
    </li>
  )
}

/** The node axis of a case; a phone shows first what is open or late. */
export function NodeAxis({ one }: { one: CaseView }) {
  const [isWhole, setWhole] = useState(false)
  const steps = stepsOf(one)
  const done = steps.filter((step) => signOf(step).tone === 'good').length
  return (
    <>
      <ol className={isWhole ? 'axis' : 'axis open-only'} aria-label="流程节点">
        {steps.map((step) => (
          <AxisStep key={step.label} step={step} handler={one.judge} />
        ))}
      </ol>
      {isWhole || done === 0 ? null : (
        <button type="button" className="text-button narrow-only no-paper" onClick={() => setWhole(true)}>
          显示按期办结的 {done} 个节点
        </button>
      )}
    </>
  )
}
