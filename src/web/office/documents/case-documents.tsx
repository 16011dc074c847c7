import { Button } from 'antd'
import { useState } from 'react'
import type { CaseView } from '#cases/case/wire.ts'
import { IssuedDocuments } from '#web/matter/documents.tsx'
import { useFilters } from '#web/office/session.ts'
import { CaseServiceTable, useServiceColumn } from './case-services.tsx'
import { IssueDialog } from './issue-dialog.tsx'

/**
 * Documents of a case: what was issued, and a button for each form that this reader may issue now; `?act=` in the
 * address opens that one.
 */
export function CaseDocuments({ one }: { one: CaseView }) {
  const [{ act: asked }, change] = useFilters()
  const [chosen, setChosen] = useState<string | null>(null)
  const forms = one.abilities.filter(({ issues }) => issues !== null)
  const ability = forms.find(({ name, label }) => name === chosen || label === asked)
  const close = () => {
    setChosen(null)
    if (asked) change({ act: undefined })
  }
  const service = useServiceColumn(one.id)
  const subject = { path: 'cases', id: one.id, version: one.version, number: one.caseNumber }
  return (
    <>
      <h3>已签发的文书</h3>
      <IssuedDocuments base={`cases/${one.id}`} more={service.columns} />
      {service.dialog}
      <CaseServiceTable caseId={one.id} />
      {forms.length > 0 ? (
        <>
          <h3 className="no-paper">制作文书</h3>
          <div className="act-bar no-paper">
            {forms.map(({ name, label, approval }) => (
              <Button key={name} onClick={() => setChosen(name)}>
                {label.replace(/^(呈批)?签发/, '')}
                {approval ? <span className="soft">（呈批）</span> : null}
              </Button>
            ))}
          </div>
        </>
      ) : null}
      {ability ? <IssueDialog key={ability.name} ability={ability} subject={subject} close={close} /> : null}
    </>
  )
}
