import { enforcementCase } from '#cases/case/case.ts'
import type { Session } from '#kernel/matter/acting.ts'
import type { Thing } from '#kernel/matter/matter.ts'
import { isReadable } from '#kernel/matter/readable.ts'
import type { ThingTable } from '#kernel/matter/wire.ts'
import { courtNames } from '#kernel/organisation/courts.ts'
import { type ChosenCase, chosenCases, ONE_COURT } from './chosen-cases.ts'
import { REASONS } from './relation-rules.ts'

const RULING = '上级法院同意后，由其依法作出指定执行裁定；登记裁定后，案件移送至指定法院，期限连续计算。'

/** The cases of a proposal on its page: a case that the reader may open leads there, another is its number alone. */
export async function chosenTable(session: Session, thing: Thing): Promise<ThingTable[]> {
  const { courts } = await courtNames(session.tx)
  const rows = (await chosenCases(session.tx, thing)).map((one) => ({
    path: pathOf(session, one),
    cells: [
      one.number,
      courts.get(one.case_court_id)?.name ?? '',
      one.party ?? '—',
      one.leads ? '主案' : one.reasons.map((reason) => REASONS[reason].label).join('；'),
      one.leads ? '—' : String(one.score),
    ],
  }))
  return [
    {
      title: '所涉案件',
      note: thing.values.way === ONE_COURT ? RULING : null,
      columns: ['案号', '法院', '共同被执行人', '关联依据', '关联程度'],
      rows,
    },
  ]
}

function pathOf(session: Session, one: ChosenCase): string | null {
  const governed = { courtId: one.case_court_id }
  return isReadable(session, enforcementCase, governed) ? `/cases/${one.case_id}` : null
}
