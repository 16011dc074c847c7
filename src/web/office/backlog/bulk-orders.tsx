import { App, Form, Input } from 'antd'
import { useState } from 'react'
import { onCtrlEnter } from '#web/matter/act.tsx'
import { DateControl } from '#web/matter/control.tsx'
import { showFieldProblems } from '#web/matter/field-items.tsx'
import { write } from '#web/office/api.ts'
import { RefusalNote } from '#web/office/parts/condition.tsx'
import { Dialog } from '#web/office/parts/dialog.tsx'
import { useMe } from '#web/office/session.ts'
import { useSubmission } from '#web/office/submission.ts'

export interface RaisedOrder {
  id: string
  number: string
}

/** A line of a list from which orders are raised. */
export interface OrderedRow {
  key: string
  caseId: string
  courtName: string
  team: string | null
  judge: string | null
  /** The node or warning that the order is about. */
  node: string
}

interface Demand {
  requirement: string
  answerOn?: string
}

function tally(rows: OrderedRow[], key: (row: OrderedRow) => string): string {
  const counts = new Map<string, number>()
  for (const row of rows) counts.set(key(row), (counts.get(key(row)) ?? 0) + 1)
  return [...counts].map(([name, n]) => `${name} ${n} 件`).join('，')
}

/** Own cases go to team and judge; a case of a court below goes to that court. */
function useAddressee() {
  const own = useMe().data?.court.name
  return ({ courtName, team, judge }: OrderedRow) =>
    courtName === own ? [team, judge].filter(Boolean).join(' ') || courtName : courtName
}

function Summary({ rows, what, answerOn }: { rows: OrderedRow[]; what: string; answerOn: string | undefined }) {
  const addressee = useAddressee()
  return (
    <div className="summary">
      <p>
        <strong>请核对后确认，将要发生：</strong>
      </p>
      <ul>
        <li>
          发出 {rows.length} 件督办，涉及 {new Set(rows.map(({ caseId }) => caseId)).size} 个案件
        </li>
        <li>
          {what}：{tally(rows, ({ node }) => node)}
        </li>
        <li>发往：{tally(rows, addressee)}</li>
        <li>{answerOn ? `须于 ${answerOn} 前（含当日）回复` : '回复期限按本院设置计算'}，逾期上报</li>
        <li>发出后如需撤销，须经审批；记入操作记录</li>
      </ul>
    </div>
  )
}

/** Raises an order for each chosen line (`ids` names them in the request), after a summary of what goes to whom. */
export function BulkOrders({
  rows,
  path,
  ids,
  what,
  usual,
  close,
  done,
}: {
  rows: OrderedRow[]
  path: string
  ids: string
  what: string
  usual: string
  close: () => void
  done: (orders: RaisedOrder[]) => void
}) {
  const [form] = Form.useForm<Demand>()
  const { message } = App.useApp()
  const [agreed, setAgreed] = useState<Demand | null>(null)
  const raise = useSubmission<object, { orders: RaisedOrder[] }>(
    (body, key) => write('POST', path, body, key),
    ({ orders }) => {
      void message.success(`已发起 ${orders.length} 件督办`)
      done(orders)
    },
  )
  const send = async () => {
    const values = await form.validateFields().catch(() => null)
    if (!values || raise.isPending) return
    if (!agreed) {
      setAgreed(values)
      return
    }
    raise.mutate(
      { [ids]: rows.map(({ key }) => key), ...values },
      {
        onError: (error) => {
          setAgreed(null)
          showFieldProblems(form, error)
        },
      },
    )
  }
  return (
    <Dialog
      title={`批量发起督办（${rows.length} 件）`}
      onCancel={close}
      onOk={() => void send()}
      okText={agreed ? '确认发起' : '下一步：核对'}
      okButtonProps={{ loading: raise.isPending }}
      maskClosable={false}
    >
      <RefusalNote error={raise.error} />
      <Form
        form={form}
        layout="vertical"
        hidden={agreed !== null}
        initialValues={{ requirement: usual }}
        onKeyDown={onCtrlEnter(send)}
      >
        <Form.Item
          name="requirement"
          label="督办要求"
          rules={[{ required: true, whitespace: true, message: '请填写督办要求' }]}
        >
          <Input.TextArea maxLength={1000} autoSize={{ minRows: 3 }} />
        </Form.Item>
        <Form.Item name="answerOn" label="回复期限" extra="不填则按本院设置计算">
          <DateControl />
        </Form.Item>
      </Form>
      {agreed ? <Summary rows={rows} what={what} answerOn={agreed.answerOn} /> : null}
    </Dialog>
  )
}
