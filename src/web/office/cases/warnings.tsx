import type { CaseView } from '#cases/case/wire.ts'
import type { WarningView } from '#cases/warnings/wire.ts'
import { address } from '#web/office/api.ts'
import { moment } from '#web/office/parts/format.ts'
import { Go } from '#web/office/parts/go.tsx'
import { Box } from '#web/office/parts/page-head.tsx'
import { ExplainButton } from '#web/office/warnings/explain.tsx'
import { SeverityWord } from '#web/office/warnings/severity.tsx'

/** The tab in which documents are issued and papers brought. */
const PAPERS = { tab: 'papers' }

/** The way to where the cause can be mended, for whoever may do it now. */
function Remedy({ one, warning }: { one: CaseView; warning: WarningView }) {
  const { act, node, paper } = warning.remedy
  const page = `/cases/${one.id}`
  if (act === '更正当事人')
    return one.mayCorrectParties ? <Go to={address(page, { tab: 'parties' })}>更正当事人</Go> : null
  const ability = act && one.abilities.find(({ label, missing }) => label.endsWith(act) && missing.length === 0)
  return (
    <>
      {ability ? (
        <Go to={address(page, { ...(ability.issues ? PAPERS : {}), act: ability.label, node: node ?? undefined })}>
          {node ? `登记${node}` : ability.label}
        </Go>
      ) : null}
      {paper !== null && one.abilities.length > 0 ? (
        <Go to={address(page, { ...PAPERS, paper })}>上传{paper}</Go>
      ) : null}
    </>
  )
}

function Standing({ one, warning }: { one: CaseView; warning: WarningView }) {
  const { id, label, finding, next, source, severity, explained, mayExplain } = warning
  return (
    <li>
      <p>
        <SeverityWord severity={severity} /> <strong>{label}</strong>
        {warning.backlog ? <span className="soft"> 存量</span> : null}
      </p>
      <p>{finding}</p>
      {explained ? (
        <p className="soft">
          已说明（{explained.by} {moment(explained.at)}）：{explained.reason}
        </p>
      ) : (
        <p className="soft">{next}</p>
      )}
      <p className="soft">依据：{source}</p>
      {explained ? null : (
        <div className="warning-acts no-paper">
          <Remedy one={one} warning={warning} />
          {mayExplain ? <ExplainButton id={id} label={label} finding={finding} /> : null}
        </div>
      )}
    </li>
  )
}

/** The warnings of a case: what was found, what to do, and what is gone. */
export function CaseWarnings({ one }: { one: CaseView }) {
  const standing = one.warnings.filter(({ closedAt }) => closedAt === null)
  const gone = one.warnings.filter(({ closedAt }) => closedAt !== null)
  if (one.warnings.length === 0) return null
  return (
    <Box title={standing.length > 0 ? `预警 ${standing.length}` : '预警'} tight>
      {standing.length === 0 ? <p className="soft">目前没有预警。</p> : null}
      <ul className="warnings">
        {standing.map((warning) => (
          <Standing key={warning.id} one={one} warning={warning} />
        ))}
      </ul>
      {gone.length > 0 ? (
        <details className="no-paper">
          <summary>已消除 {gone.length} 项</summary>
          <ul className="warnings gone">
            {gone.map(({ id, label, openedAt, closedAt }) => (
              <li key={id}>
                {label}{' '}
                <span className="soft">
                  {moment(openedAt)} 至 {moment(closedAt ?? '')}
                </span>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </Box>
  )
}
