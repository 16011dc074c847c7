import { App, Checkbox, Input } from 'antd'
import { useState } from 'react'
import type { CaseServices } from '#cases/service-task/wire.ts'
import type { DocumentView } from '#kernel/documents/wire.ts'
import { write } from '#web/office/api.ts'
import { RefusalNote } from '#web/office/parts/condition.tsx'
import { Dialog } from '#web/office/parts/dialog.tsx'
import { useSubmission } from '#web/office/submission.ts'

type Receiver = CaseServices['receivers'][number]

interface Chosen {
  receiver: string
  address?: string
}

/** One receiver of the case with the address that counts for him. */
function ReceiverLine({
  receiver: { name, side, address },
  isChosen,
  typed,
  choose,
  type,
}: {
  receiver: Receiver
  isChosen: boolean
  typed: string
  choose: (is: boolean) => void
  type: (text: string) => void
}) {
  return (
    <li className="receiver">
      <Checkbox checked={isChosen} onChange={(event) => choose(event.target.checked)}>
        {name} <span className="soft">{side}</span>
      </Checkbox>
      {isChosen ? (
        <Input
          aria-label={`${name}的送达地址`}
          placeholder={address ?? '送达地址（未登记；邮寄送达的必须填写）'}
          value={typed}
          maxLength={200}
          onChange={(event) => type(event.target.value)}
        />
      ) : null}
    </li>
  )
}

/** 交付送达: one document to those of the case who are ticked, and to one more by name. */
export function ServeDialog({
  document,
  base,
  receivers,
  close,
}: {
  document: DocumentView
  base: string
  receivers: Receiver[]
  close: () => void
}) {
  const { message } = App.useApp()
  const [chosen, setChosen] = useState<Record<string, string>>(
    Object.fromEntries(receivers.filter(({ side }) => side === '被执行人').map(({ name }) => [name, ''])),
  )
  const [other, setOther] = useState('')
  const send = useSubmission<{ document: string; receivers: Chosen[] }, CaseServices>(
    (body, key) => write('POST', base, body, key),
    (_, body) => {
      void message.success(`已交付送达，共${body.receivers.length}人`)
      close()
    },
  )
  const whom: Chosen[] = [
    ...Object.entries(chosen).map(([receiver, typed]) => ({
      receiver,
      ...(typed.trim() ? { address: typed.trim() } : {}),
    })),
    ...(other.trim() ? [{ receiver: other.trim() }] : []),
  ]
  const choose = (name: string, is: boolean) =>
    setChosen((before) => {
      const { [name]: typed = '', ...rest } = before
      return is ? { ...rest, [name]: typed } : rest
    })
  return (
    <Dialog
      title={`交付送达：${document.title}`}
      onCancel={close}
      onOk={() => {
        if (!send.isPending) send.mutate({ document: document.id, receivers: whom })
      }}
      okText={whom.length === 0 ? '交付送达' : `交付送达（${whom.length}人）`}
      okButtonProps={{ loading: send.isPending, disabled: whom.length === 0 }}
    >
      <RefusalNote error={send.error} />
      <p className="soft">
        每名受送达人一项任务，由本案承办人负责，可以指派送达人员；地址不填的，用案件中登记的送达地址。
      </p>
      <ul className="receivers">
        {receivers.map((receiver) => (
          <ReceiverLine
            key={receiver.name}
            receiver={receiver}
            isChosen={receiver.name in chosen}
            typed={chosen[receiver.name] ?? ''}
            choose={(is) => choose(receiver.name, is)}
            type={(text) => setChosen((before) => ({ ...before, [receiver.name]: text }))}
          />
        ))}
        <li className="receiver">
          <Input
            aria-label="其他受送达人"
            placeholder="其他受送达人（协助执行的单位、第三人等）"
            value={other}
            maxLength={200}
            onChange={(event) => setOther(event.target.value)}
          />
        </li>
      </ul>
    </Dialog>
  )
}
