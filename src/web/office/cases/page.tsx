import { useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import type { CaseView } from '#cases/case/wire.ts'
import { type Ability, ActBar } from '#web/matter/act.tsx'
import { ApprovalNote } from '#web/matter/approval-note.tsx'
import { ClockList } from '#web/matter/clock.tsx'
import { Papers } from '#web/matter/papers.tsx'
import { Timeline } from '#web/matter/timeline.tsx'
import { address } from '#web/office/api.ts'
import { CaseDocuments } from '#web/office/documents/case-documents.tsx'
import { Loaded } from '#web/office/parts/condition.tsx'
import { yuan } from '#web/office/parts/format.ts'
import { Go } from '#web/office/parts/go.tsx'
import { Icon } from '#web/office/parts/icon.tsx'
import { Box, PageHead } from '#web/office/parts/page-head.tsx'
import { type Tab, Tabs } from '#web/office/parts/tabs.tsx'
import { useFilters, useKinds, useToday } from '#web/office/session.ts'
import { CaseAssignments, Representatives } from './assignments.tsx'
import { FactTable } from './fact-table.tsx'
import { CaseState } from './list.tsx'
import { CaseMatters, OpenMatters } from './matters.tsx'
import { NodeAxis } from './node-axis.tsx'
import { CaseFacts, Hints } from './overview.tsx'
import { CaseParties } from './parties.tsx'
import { useCase } from './peek.tsx'
import { RELATED_TAB, RelatedCases, useMaySeeRelated } from './related.tsx'
import { CaseTriage } from './triage.tsx'
import { CaseWarnings } from './warnings.tsx'

function namesOf(one: CaseView, side: 'creditor' | 'debtor'): string {
  const names = one.parties.filter((party) => party.side === side).map(({ name }) => name)
  return names.length === 0 ? '—' : names.slice(0, 3).join('、') + (names.length > 3 ? ` 等 ${names.length} 人` : '')
}

/** Share of the subject amount that has arrived, in whole per cent; null where there is nothing to divide by. */
function arrivedShare(one: CaseView): string | null {
  if (!one.amountFen || !one.arrivedFen || BigInt(one.amountFen) <= 0n) return null
  return `${(BigInt(one.arrivedFen) * 100n) / BigInt(one.amountFen)}%`
}

function Subject({ one }: { one: CaseView }) {
  const share = arrivedShare(one)
  return (
    <p className="case-subject">
      <span>
        <span className="soft">申请执行人</span> {namesOf(one, 'creditor')}
      </span>
      <span>
        <span className="soft">被执行人</span> {namesOf(one, 'debtor')}
      </span>
      <span>
        <span className="soft">标的</span> <strong className="whole">{yuan(one.amountFen)}</strong>
      </span>
      <span>
        <span className="soft">到账</span> <strong className="whole">{yuan(one.arrivedFen)}</strong> {share}
      </span>
    </p>
  )
}

function SuperviseButton({ one }: { one: CaseView }) {
  const kinds = useKinds().data
  const kind = kinds?.find(({ id, mayOpen }) => mayOpen && id === 'supervision-order')
  if (!kind) return null
  return (
    <Go
      to={address(`/${kind.path}/new`, {
        caseNumber: one.caseNumber,
        handler: one.judgeRef?.id,
        node: one.nextNode?.name,
      })}
      className="link-button"
    >
      发起督办
    </Go>
  )
}

/** To the 事务集约 team, from whoever may give it a task. */
function TaskButton({ one }: { one: CaseView }) {
  const kind = useKinds().data?.find(({ mayOpen, id }) => mayOpen && id === 'task-order')
  if (!kind) return null
  return (
    <Go to={address(`/${kind.path}/new`, { caseNumber: one.caseNumber })} className="link-button plain">
      交办事务
    </Go>
  )
}

function CasePapers({ one }: { one: CaseView }) {
  const documents = useKinds().data?.find(({ path }) => path === 'cases')?.documents ?? []
  const slots = one.abilities.length > 0 ? documents.filter(({ type }) => type === 'upload') : []
  return (
    <>
      <CaseDocuments one={one} />
      <h3>案件材料</h3>
      <Papers papers={one.attachments} slots={slots} base={`cases/${one.id}`} />
    </>
  )
}

function PartiesAndSpokesmen({ one }: { one: CaseView }) {
  return (
    <>
      <CaseParties one={one} />
      <Representatives one={one} />
    </>
  )
}

function tabsOf(one: CaseView, maySeeRelated: boolean): Tab[] {
  return [
    { key: 'overview', title: '概况', body: <CaseFacts one={one} /> },
    { key: 'parties', title: `当事人 ${one.parties.length}`, body: <PartiesAndSpokesmen one={one} /> },
    { key: 'nodes', title: '节点', body: <FactTable facts={one.facts} /> },
    { key: 'papers', title: '文书', body: <CasePapers one={one} /> },
    ...(maySeeRelated ? [{ key: RELATED_TAB, title: '关联案件', body: <RelatedCases one={one} /> }] : []),
    { key: 'matters', title: `事项 ${one.matters.length}`, body: <CaseMatters matters={one.matters} /> },
    ...(one.seesAssignments ? [{ key: 'assignments', title: '分案', body: <CaseAssignments one={one} /> }] : []),
    { key: 'log', title: '记录', body: <Timeline log={one.log} /> },
  ]
}

/**
 * 登记节点 starts with today, and with the node that led here (`?node=`, or that of the limit `?clock=`), else the one that
 * is due first.
 */
function useGiven(one: CaseView) {
  const [{ clock, node: named }] = useFilters()
  const today = useToday()
  return ({ name, ask }: Ability): Record<string, unknown> | undefined => {
    if (name !== 'recordNode') return undefined
    const options = ask.find((field) => field.name === 'node')?.options ?? []
    const open = one.clocks.filter(({ doneOn, state }) => doneOn === null && state !== 'suspended')
    const wanted =
      open.find(({ id }) => id === clock) ?? open.find(({ id }) => options.includes(one.clockNodes[id] ?? ''))
    const node = named ?? one.clockNodes[wanted?.id ?? '']
    return { on: today, ...(node && options.includes(node) ? { node } : {}) }
  }
}

function SideColumn({ one }: { one: CaseView }) {
  const kind = useKinds().data?.find(({ path }) => path === 'cases')
  const target = {
    path: 'cases',
    id: one.id,
    version: one.version,
    number: one.caseNumber,
    pending: one.approval?.label,
    stateOf: (state: string) => kind?.states[state] ?? '见状态栏',
  }
  // Documents are issued in their own place, each with a look at it first.
  const acts = one.abilities.filter(({ issues }) => issues === null)
  const given = useGiven(one)
  const open = one.clocks.filter(({ state }) => !['met', 'late'].includes(state))
  return (
    <div className="side-column">
      {one.toCorrect.length + one.notes.length > 0 ? (
        <Box title="提示" tight>
          <Hints one={one} />
        </Box>
      ) : null}
      <CaseWarnings one={one} />
      <CaseTriage one={one} />
      <Box title="待办" tight>
        <ApprovalNote approval={one.approval} number={one.caseNumber} version={one.version} />
        {acts.length > 0 ? (
          <ActBar abilities={acts} target={target} given={given} stacked />
        ) : (
          <p className="soft">目前没有需要您办理的操作。</p>
        )}
      </Box>
      <Box title="期限" tight>
        <ClockList clocks={open} />
      </Box>
      <Box title="关联事项" tight>
        <CaseMatters matters={one.matters} />
        <OpenMatters caseNumber={one.caseNumber} />
      </Box>
    </div>
  )
}

/** One case: who, how much, which nodes, what must be done. */
export function CasePage() {
  const { id = '' } = useParams({ strict: false })
  const asked = useCase(id)
  const maySeeRelated = useMaySeeRelated()
  return (
    <Loaded asked={asked} rows={14}>
      {(one) => (
        <article className="thing">
          <PageHead
            title={one.caseNumber}
            about={
              <>
                <CaseState label={one.stateLabel} />{' '}
                {[one.kind, one.team, one.judge ?? '未分案', one.courtName].filter(Boolean).join(' · ')}
              </>
            }
          >
            <Button className="wide-only" icon={<Icon name="print" size={16} />} onClick={() => window.print()}>
              打印
            </Button>
            <TaskButton one={one} />
            <SuperviseButton one={one} />
          </PageHead>
          <Subject one={one} />
          <section className="box" aria-label="流程节点">
            <NodeAxis one={one} />
          </section>
          <div className="two-columns acts-first">
            <div className="main-column">
              <section className="box" aria-label="案件内容">
                <Tabs label="案件内容" tabs={tabsOf(one, maySeeRelated)} />
              </section>
            </div>
            <SideColumn one={one} />
          </div>
        </article>
      )}
    </Loaded>
  )
}
