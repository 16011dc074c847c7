import { App, Button, Input, Select } from 'antd'
import { useState } from 'react'
import { write } from '#web/office/api.ts'
import { RefusalNote } from '#web/office/parts/condition.tsx'
import { useSubmission } from '#web/office/submission.ts'

const SOURCES = ['送达地址确认书', '申请执行人提供', '户籍地', '工商登记地', '裁判文书载明']

/** Enters the address of a party where a document lacks it. `base` is the case's address under /api. */
export function PartyAddress({ base, party }: { base: string; party: string }) {
  const { message } = App.useApp()
  const [address, setAddress] = useState('')
  const [source, setSource] = useState(SOURCES[0] ?? '')
  const record = useSubmission<object, unknown>(
    (body, key) => write('POST', `${base}/addresses`, body, key),
    () => void message.success(`已登记${party}的住址`),
  )
  const send = () => {
    if (address.trim().length >= 4 && !record.isPending) record.mutate({ party, address, source, phone: null })
  }
  return (
    <div className="stack">
      <RefusalNote error={record.error} />
      <label htmlFor={`address-${party}`}>{party}的住址</label>
      <Input
        id={`address-${party}`}
        value={address}
        maxLength={200}
        onChange={(event) => setAddress(event.target.value)}
        onPressEnter={send}
      />
      <div className="inline">
        <Select
          aria-label="地址来源"
          value={source}
          onChange={setSource}
          popupMatchSelectWidth={false}
          options={SOURCES.map((value) => ({ value, label: value }))}
        />
        <Button loading={record.isPending} disabled={address.trim().length < 4} onClick={send}>
          登记
        </Button>
      </div>
    </div>
  )
}
