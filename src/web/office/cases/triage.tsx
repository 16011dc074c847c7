import type { CaseView } from '#cases/case/wire.ts'
import { Box } from '#web/office/parts/page-head.tsx'

/** 繁简分流: the track that was approved, or what the rules propose and why. */
export function CaseTriage({ one }: { one: CaseView }) {
  if (!one.triage) return null
  const { standing, proposal } = one.triage
  if (standing)
    return (
      <Box title={`繁简：${standing.words}`} tight>
        <p>{standing.reason}</p>
        <p className="soft">
          {standing.on} 批准
          {standing.words === proposal.words ? null : `；按现有案情建议为${proposal.words}`}
        </p>
      </Box>
    )
  return (
    <Box title={`分流建议：${proposal.words}`} tight>
      <ul className="warnings">
        {proposal.reasons.map(({ label, finding, source }) => (
          <li key={label}>
            <p>
              <strong>{label}</strong>
            </p>
            <p>{finding}</p>
            <p className="soft">依据：{source}</p>
          </li>
        ))}
      </ul>
    </Box>
  )
}
