import { useQuery } from '@tanstack/react-query'
import { App, Button, Input } from 'antd'
import { useState } from 'react'
import type { SettingList } from '#kernel/documents/wire.ts'
import { read, write } from '#web/office/api.ts'
import { Loaded, RefusalNote } from '#web/office/parts/condition.tsx'
import { useSubmission } from '#web/office/submission.ts'

function Setting({ name, value, mayEdit }: { name: string; value: string | null; mayEdit: boolean }) {
  const [text, setText] = useState(value ?? '')
  const { message } = App.useApp()
  const save = useSubmission<{ name: string; value: string }, SettingList>(
    (body, key) => write('PUT', 'document-settings', body, key),
    () => void message.success(`${name}已保存`),
  )
  const id = `setting-${name}`
  return (
    <div className="stack">
      <label htmlFor={id}>{name}</label>
      <RefusalNote error={save.error} />
      <div className="inline">
        <Input
          id={id}
          value={text}
          maxLength={100}
          disabled={!mayEdit}
          placeholder="尚未设置"
          onChange={(event) => setText(event.target.value)}
        />
        {mayEdit ? (
          <Button
            disabled={text.trim() === (value ?? '')}
            loading={save.isPending}
            onClick={() => save.mutate({ name, value: text.trim() })}
          >
            保存
          </Button>
        ) : null}
      </div>
    </div>
  )
}

/** What stands in every document of the court; set by the centre's head, each change on record. */
export function DocumentSettings() {
  const asked = useQuery({
    queryKey: ['document-settings'],
    queryFn: ({ signal }) => read<SettingList>('document-settings', signal),
  })
  return (
    <Loaded asked={asked} rows={6}>
      {({ items, mayEdit }) => (
        <div className="form">
          {items.map(({ name, value }) => (
            <Setting key={name} name={name} value={value} mayEdit={mayEdit} />
          ))}
          {mayEdit ? null : <p className="soft">由指挥中心主任设置。</p>}
        </div>
      )}
    </Loaded>
  )
}
