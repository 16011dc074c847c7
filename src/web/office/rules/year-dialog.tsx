import { App, Form, Input } from 'antd'
import { useState } from 'react'
import { onCtrlEnter } from '#web/matter/act.tsx'
import { showFieldProblems } from '#web/matter/field-items.tsx'
import { write } from '#web/office/api.ts'
import { RefusalNote } from '#web/office/parts/condition.tsx'
import { Dialog } from '#web/office/parts/dialog.tsx'
import { useSubmission } from '#web/office/submission.ts'
import { type HolidayLines, readHolidayLines } from './holiday-lines.ts'

interface Values {
  notice: string
  lines: string
}

const EXAMPLE = '元旦 1-1 1-3\n春节 2-11 2-17\n上班 2-7\n上班 2-20'

function isReadable(year: number) {
  return (_: unknown, text?: string) => {
    const { faults } = readHolidayLines(text ?? '', year)
    const said = faults.map(({ line, message }) => `第 ${line} 行：${message}`).join('；')
    return said === '' ? Promise.resolve() : Promise.reject(new Error(said))
  }
}

function Days({ days }: { days: HolidayLines['days'] }) {
  const off = days.filter(({ kind }) => kind === 'off')
  const work = days.filter(({ kind }) => kind === 'work')
  return (
    <div className="summary">
      <p>
        <strong>将要录入（周末本来休息，不另列）：</strong>
      </p>
      <ul>
        <li>
          放假 {off.length} 天：{off.map(({ on, name }) => `${on.slice(5)} ${name}`).join('、') || '无'}
        </li>
        <li>
          调休上班 {work.length} 天：{work.map(({ on }) => on.slice(5)).join('、') || '无'}
        </li>
        <li>录入后记入操作记录，此后计算的期限按此日历</li>
      </ul>
    </div>
  )
}

/** Enters a year's holiday notice: its name, and its spans line by line, shown as days before they are sent. */
export function YearDialog({ year, close }: { year: number; close: () => void }) {
  const [form] = Form.useForm<Values>()
  const { message } = App.useApp()
  const [agreed, setAgreed] = useState<(Values & { days: HolidayLines['days'] }) | null>(null)
  const enter = useSubmission<object, unknown>(
    (body, key) => write('POST', 'calendar/years', body, key),
    () => {
      void message.success(`${year} 年放假安排已录入`)
      close()
    },
  )
  const send = async () => {
    if (enter.isPending) return
    if (agreed) {
      const body = { year, notice: agreed.notice.trim(), days: agreed.days }
      enter.mutate(body, {
        onError: (error) => {
          setAgreed(null)
          showFieldProblems(form, error)
        },
      })
      return
    }
    const values = await form.validateFields().catch(() => null)
    if (values) setAgreed({ ...values, days: readHolidayLines(values.lines, year).days })
  }
  return (
    <Dialog
      title={`录入 ${year} 年放假安排`}
      onCancel={close}
      onOk={() => void send()}
      okText={agreed ? '确认录入' : '下一步：核对'}
      okButtonProps={{ loading: enter.isPending }}
      maskClosable={false}
    >
      <RefusalNote error={enter.error} />
      <Form
        form={form}
        layout="vertical"
        hidden={agreed !== null}
        initialValues={{ notice: `国务院办公厅关于${year}年部分节假日安排的通知`, lines: '' }}
        onKeyDown={onCtrlEnter(send)}
      >
        <Form.Item
          name="notice"
          label="通知名称和文号"
          rules={[{ required: true, whitespace: true, message: '请填写通知名称' }]}
        >
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item
          name="lines"
          label="放假和调休上班"
          extra="每行一项：假期名称 第一天 最后一天；调休上班的周末写“上班 日期”。"
          rules={[{ required: true, whitespace: true, message: '请填写放假安排' }, { validator: isReadable(year) }]}
        >
          <Input.TextArea autoSize={{ minRows: 8, maxRows: 20 }} placeholder={EXAMPLE} />
        </Form.Item>
      </Form>
      {agreed ? <Days days={agreed.days} /> : null}
    </Dialog>
  )
}
