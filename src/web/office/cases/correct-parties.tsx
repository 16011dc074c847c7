import { App, Button, Form, Input } from 'antd'
import { useState } from 'react'
import type { CaseView } from '#cases/case/wire.ts'
import { onCtrlEnter } from '#web/matter/act.tsx'
import { showFieldProblems } from '#web/matter/field-items.tsx'
import { write } from '#web/office/api.ts'
import { RefusalNote } from '#web/office/parts/condition.tsx'
import { Dialog } from '#web/office/parts/dialog.tsx'
import { Icon } from '#web/office/parts/icon.tsx'
import { useSubmission } from '#web/office/submission.ts'
import { type EditedParty, wireParties } from './edited-party.ts'
import { changesOf } from './party-changes.ts'
import { EditedPartyItem } from './party-editor.tsx'

// 更正当事人: the whole list as it should be. Numbers on record stay as they are unless new ones are typed in.

interface Values {
  parties: EditedParty[]
  reason: string
}

function Changes({ one, values }: { one: CaseView; values: Values }) {
  return (
    <div className="summary">
      <p>
        <strong>请核对后确认，将要发生：</strong>
      </p>
      <ul>
        <li>对象：{one.caseNumber}</li>
        {changesOf(one.parties, values.parties).map((line) => (
          <li key={line}>{line}</li>
        ))}
        <li>更正理由：{values.reason}</li>
        <li>更正前后的名单和理由记入办理经过和操作记录</li>
      </ul>
    </div>
  )
}

function PartyRows() {
  return (
    <Form.List name="parties">
      {(rows, { add, remove, move }) => (
        <>
          {rows.map((row, index) => (
            <EditedPartyItem
              key={row.key}
              at={row.name}
              count={rows.length}
              remove={() => remove(row.name)}
              up={index > 0 ? () => move(index, index - 1) : undefined}
              down={index < rows.length - 1 ? () => move(index, index + 1) : undefined}
            />
          ))}
          <Button
            icon={<Icon name="add" size={14} />}
            onClick={() => add({ was: null, side: 'debtor', name: '', renumber: true, certificates: [''] })}
          >
            添加当事人
          </Button>
        </>
      )}
    </Form.List>
  )
}

/** The dialog: edit, look at what will change, send. */
export function CorrectParties({ one, close }: { one: CaseView; close: () => void }) {
  const [form] = Form.useForm<Values>()
  const { message } = App.useApp()
  const [agreed, setAgreed] = useState<Values | null>(null)
  const [isSame, setSame] = useState(false)
  const correct = useSubmission<object, CaseView>(
    (body, key) => write('POST', `cases/${one.id}/parties`, body, key),
    () => {
      void message.success('当事人已更正')
      close()
    },
  )
  const look = (values: Values) => {
    const same = changesOf(one.parties, values.parties).length === 0
    setSame(same)
    if (!same) setAgreed(values)
  }
  const send = async () => {
    if (correct.isPending) return
    if (!agreed) {
      const values = await form.validateFields().catch(() => null)
      if (values) look(form.getFieldsValue(true) as Values)
      return
    }
    const body = { version: one.version, reason: agreed.reason, parties: wireParties(agreed.parties) }
    correct.mutate(body, {
      onError: (error) => {
        setAgreed(null)
        showFieldProblems(form, error)
      },
    })
  }
  const given: Values = {
    parties: one.parties.map(({ side, name }, index) => ({
      was: index + 1,
      side,
      name,
      renumber: false,
      masked: one.parties[index]?.certificates ?? [],
      certificates: [],
    })),
    reason: '',
  }
  return (
    <Dialog
      title="更正当事人"
      width={860}
      onCancel={close}
      onOk={() => void send()}
      okText={agreed ? '确认更正' : '下一步：核对'}
      okButtonProps={{ loading: correct.isPending }}
      maskClosable={false}
    >
      <RefusalNote error={correct.error} />
      <Form
        form={form}
        layout="vertical"
        hidden={agreed !== null}
        initialValues={given}
        onKeyDown={onCtrlEnter(send)}
        onValuesChange={() => setSame(false)}
      >
        <p className="soft">证件号码只显示首尾几位；不重新填写的，原号码不变。</p>
        <PartyRows />
        <Form.Item
          name="reason"
          label="更正理由"
          className="reason-item"
          rules={[{ required: true, whitespace: true, message: '请填写更正理由' }]}
        >
          <Input.TextArea maxLength={1000} autoSize={{ minRows: 2 }} placeholder="如：与执行依据核对，姓名有误" />
        </Form.Item>
        {isSame ? (
          <p className="refusal" role="alert">
            与原来的当事人完全一样，没有需要更正的内容。
          </p>
        ) : null}
      </Form>
      {agreed ? (
        <>
          <Changes one={one} values={agreed} />
          <Button type="link" onClick={() => setAgreed(null)}>
            返回修改
          </Button>
        </>
      ) : null}
    </Dialog>
  )
}
