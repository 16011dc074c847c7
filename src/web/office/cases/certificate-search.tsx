import { Button, Input } from 'antd'
import { useState } from 'react'
import type { CaseList } from '#cases/case/wire.ts'
import { write } from '#web/office/api.ts'
import { Nothing, RefusalNote } from '#web/office/parts/condition.tsx'
import { Dialog } from '#web/office/parts/dialog.tsx'
import { Go } from '#web/office/parts/go.tsx'
import { useSubmission } from '#web/office/submission.ts'

function Found({ cases }: { cases: CaseList['items'] }) {
  if (cases.length === 0) return <Nothing title="没有找到">可见范围内没有当事人使用此证件号码。</Nothing>
  return (
    <ul className="links">
      {cases.map((row) => (
        <li key={row.id}>
          <Go to={`/cases/${row.id}`} className="whole">
            {row.caseNumber}
          </Go>
          <span>
            {row.creditors} / {row.debtors || '—'}
          </span>
          <span className="soft">{row.stateLabel}</span>
        </li>
      ))}
    </ul>
  )
}

/** Cases of the holder of a certificate. The number travels in a body, never in an address; the search is logged. */
export function CertificateSearch({ close }: { close: () => void }) {
  const [certificate, setCertificate] = useState('')
  const search = useSubmission<object, CaseList>((body, key) => write('POST', 'case-search', body, key))
  const send = () => {
    if (certificate.trim() !== '' && !search.isPending) search.mutate({ certificate: certificate.trim() })
  }
  return (
    <Dialog title="按证件号码查案件" footer={null} onCancel={close}>
      <RefusalNote error={search.error} />
      <div className="stack">
        <label htmlFor="certificate">身份证号码或统一社会信用代码（全部位数）</label>
        <div className="inline">
          <Input
            id="certificate"
            value={certificate}
            maxLength={30}
            autoComplete="off"
            onChange={(event) => setCertificate(event.target.value)}
            onPressEnter={send}
          />
          <Button type="primary" loading={search.isPending} disabled={certificate.trim() === ''} onClick={send}>
            查询
          </Button>
        </div>
        <p className="soft">每次查询记入操作记录。</p>
      </div>
      {search.data ? <Found cases={search.data.items} /> : null}
    </Dialog>
  )
}
