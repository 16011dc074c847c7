import { useLocation } from '@tanstack/react-router'
import { App, Button, Form } from 'antd'
import { Fragment, useRef, useState } from 'react'
import type { ActionView } from '#kernel/matter/wire.ts'
import { address, Refusal, write } from '#web/office/api.ts'
import { RefusalNote } from '#web/office/parts/condition.tsx'
import { Dialog } from '#web/office/parts/dialog.tsx'
import { Go } from '#web/office/parts/go.tsx'
import { useFilters } from '#web/office/session.ts'
import { useSubmission } from '#web/office/submission.ts'
import { useAnswerWords } from './answer-words.ts'
import { FieldItems, showFieldProblems, wireValues } from './field-items.tsx'

// One action on one thing: asks what the definition asks, says what will happen, and sends it once.

export type Ability = ActionView & { missing: string[] }

export interface ActTarget {
  path: string
  id: string
  version: number
  number: string
  /** The state it is in; an act that leaves it there is not the main one. */
  state?: string
  /** States in which the thing is done; the act that leads there is the main one. */
  ends?: string[]
  /** Labels of the papers that this reader may add now. */
  papers?: string[]
  /** What waits for approval on the thing; any other act voids it. */
  pending?: string | undefined
  /** The state's name on screen. */
  stateOf: (state: string) => string
}

function consequences(ability: Ability, target: ActTarget): string[] {
  return [
    `对象：${target.number}`,
    ...(ability.to ? [`办理后状态：${target.stateOf(ability.to)}`] : []),
    ...(target.pending ? [`正在审批的“${target.pending}”随即失效，须重新呈批`] : []),
    ...(ability.approval ? [`须经${ability.approval}审批，批准后生效`] : []),
    ...(ability.issues ? ['将制作并发出文书'] : []),
    ...(ability.grave ? ['办理后不能撤回，并记入操作记录'] : []),
  ]
}

function Summary({ ability, target, answers }: { ability: Ability; target: ActTarget; answers: [string, string][] }) {
  return (
    <div className="summary">
      <p>
        <strong>{ability.grave ? '请核对后确认，将要发生：' : '将要办理：'}</strong>
      </p>
      <ul>
        {consequences(ability, target).map((line) => (
          <li key={line}>{line}</li>
        ))}
        {answers.map(([label, value]) => (
          <li key={label}>
            {label}：{value}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** The dialog of an action. `close` is called after it is done or given up. */
export function ActDialog({
  ability,
  target,
  given,
  close,
}: {
  ability: Ability
  target: ActTarget
  given?: Record<string, unknown> | undefined
  close: () => void
}) {
  const [form] = Form.useForm()
  const { message } = App.useApp()
  const [answers, setAnswers] = useState<Record<string, unknown>>({})
  const wordsOf = useAnswerWords()
  // The version that was on screen when the form opened: what changed meanwhile is refused once, and then seen.
  const seen = useRef<number | null>(target.version)
  const [isAgreed, setAgreed] = useState(!ability.grave || ability.ask.length === 0)
  const act = useSubmission<object, unknown>(
    (body, key) => write('POST', `${target.path}/${target.id}/${ability.name}`, body, key),
    () => {
      void message.success(ability.approval ? '已呈批' : `已${ability.label}`)
      close()
    },
  )
  const send = async () => {
    const values = (await form.validateFields().catch(() => null)) as Record<string, unknown> | null
    if (!values || act.isPending) return
    if (!isAgreed) {
      setAnswers(values)
      setAgreed(true)
      return
    }
    act.mutate(
      { version: seen.current ?? target.version, ...wireValues(ability.ask, values) },
      {
        onError: (error) => {
          if (error instanceof Refusal && error.status === 409) seen.current = null
          showFieldProblems(form, error)
          setAgreed(!ability.grave)
        },
      },
    )
  }
  const isLastStep = isAgreed && ability.grave
  return (
    <Dialog
      title={ability.label}
      onCancel={close}
      onOk={() => void send()}
      okText={!isAgreed ? '下一步：核对' : isLastStep ? `确认${ability.label}` : ability.label}
      okButtonProps={{ loading: act.isPending }}
      maskClosable={false}
      destroyOnHidden
    >
      <RefusalNote error={act.error} />
      <Form form={form} layout="vertical" className="form" initialValues={given} onKeyDown={onCtrlEnter(send)}>
        <div hidden={isLastStep && ability.ask.length > 0}>
          <FieldItems fields={ability.ask} />
        </div>
      </Form>
      {isAgreed ? (
        <Summary ability={ability} target={target} answers={isLastStep ? wordsOf(ability.ask, answers) : []} />
      ) : null}
    </Dialog>
  )
}

/** Ctrl+Enter sends a form from any of its fields. */
export function onCtrlEnter(send: () => unknown) {
  return (event: { key: string; ctrlKey: boolean; metaKey: boolean; preventDefault: () => void }) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    void send()
  }
}

/** The one button that stands out, of what is waited for: what finishes the thing, else what moves it on. */
function mainOf(abilities: Ability[], { state, pending, ends = [] }: ActTarget): Ability | undefined {
  if (pending) return undefined
  const ready = abilities.filter(
    ({ missing, approval, awaited, to }) => missing.length === 0 && !approval && awaited && to !== state,
  )
  if (ends.length === 0) return ready[0]
  return ready.find(({ to }) => to !== null && ends.includes(to)) ?? ready.find(({ to }) => to !== null)
}

/** What an act still lacks, each with the way to it where this reader may add it. */
function Missing({ ability, papers = [] }: { ability: Ability; papers?: string[] | undefined }) {
  const { pathname } = useLocation()
  return (
    <span className="missing" id={`missing-${ability.name}`}>
      还缺：
      {ability.missing.map((label, index) => (
        <Fragment key={label}>
          {index > 0 ? '、' : null}
          {label}
          {papers.includes(label) ? (
            <Go to={address(pathname, { paper: label })} className="missing-add">
              去添加
            </Go>
          ) : null}
        </Fragment>
      ))}
    </span>
  )
}

interface ActBarProps {
  abilities: Ability[]
  target: ActTarget
  stacked?: boolean
  /** What a form starts with. */
  given?: (ability: Ability) => Record<string, unknown> | undefined
}

/**
 * A button for each ability; one that still lacks something says what. `?act=` in the address opens one by its label.
 */
export function ActBar({ abilities, target, stacked, given }: ActBarProps) {
  const [{ act: asked }, change] = useFilters()
  const [chosen, setChosen] = useState<string | null>(null)
  const ability = abilities.find(
    ({ name, label, missing }) => name === chosen || (label === asked && missing.length === 0),
  )
  const close = () => {
    setChosen(null)
    if (asked) change({ act: undefined, clock: undefined, node: undefined })
  }
  const main = mainOf(abilities, target)
  return (
    <div className={stacked ? 'act-bar stacked no-paper' : 'act-bar no-paper'}>
      {abilities.map((each) => (
        <div key={each.name} className="act">
          <Button
            type={each === main ? 'primary' : 'default'}
            block={stacked}
            disabled={each.missing.length > 0}
            aria-describedby={each.missing.length > 0 ? `missing-${each.name}` : undefined}
            onClick={() => setChosen(each.name)}
          >
            {each.label}
          </Button>
          {each.missing.length > 0 ? <Missing ability={each} papers={target.papers} /> : null}
        </div>
      ))}
      {ability ? (
        <ActDialog key={ability.name} ability={ability} target={target} given={given?.(ability)} close={close} />
      ) : null}
    </div>
  )
}
