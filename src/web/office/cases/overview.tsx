import type { CaseView } from '#cases/case/wire.ts'
import { yuan } from '#web/office/parts/format.ts'
import { Facts } from '#web/office/parts/page-head.tsx'

/** What the case is: basis, subject, people, dates. */
export function CaseFacts({ one }: { one: CaseView }) {
  return (
    <Facts
      pairs={[
        ['案件类型', one.kind],
        ['案由', one.cause],
        ['执行依据', one.basisNumber],
        ...filled([
          ['依据种类', one.basisKind],
          ['作出机构', one.basisMaker],
          ['生效日期', one.basisEffectiveOn],
          ['履行期限', one.performBy],
          ['执行内容', one.duty],
          ['管辖依据', one.jurisdiction],
        ]),
        [
          '立案日期',
          <span className="whole" key="filed">
            {one.filedOn}
          </span>,
        ],
        [
          '标的额（元）',
          <span className="whole" key="amount">
            {yuan(one.amountFen)}
          </span>,
        ],
        [
          '到账（元）',
          <span className="whole" key="arrived">
            {yuan(one.arrivedFen)}
          </span>,
        ],
        ['承办法官', one.judge],
        ['团队', one.team],
        ['法院', one.court.name],
        ...(one.closedOn
          ? ([
              ['结案日期', one.closedOn],
              ['结案方式', one.closingWay],
            ] as [string, string | null][])
          : []),
        ...(one.remark ? ([['备注', one.remark]] as [string, string][]) : []),
      ]}
    />
  )
}

/** What no export tells stands here only where it was entered. */
function filled(pairs: [string, string | null][]): [string, string | null][] {
  return pairs.filter(([, value]) => value !== null)
}

/** What must be put right in this case and what its reader should know. */
export function Hints({ one }: { one: CaseView }) {
  if (one.toCorrect.length === 0 && one.notes.length === 0) return null
  return (
    <div className="hints">
      {one.toCorrect.length > 0 ? (
        <p>
          <strong>▲ 需补正：</strong>
          {one.toCorrect.join('、')}
        </p>
      ) : null}
      {one.notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </div>
  )
}
