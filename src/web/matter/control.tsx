import { Checkbox, DatePicker, Input, Select } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import type { FieldView } from '#kernel/matter/wire.ts'
import { useToday } from '#web/office/session.ts'
import { useCourtChoices, useDocumentChoices, usePeopleChoices, useTeamChoices } from './choices.ts'

// One control for each kind of field. Values are what crosses the wire; only money stays text until it is sent.

const FEW_OPTIONS = 10

interface ControlProps<V = string> {
  id?: string
  value?: V
  onChange?: (value: V | undefined) => void
  field: Omit<FieldView, 'atOpening'>
}

/** A date as 'YYYY-MM-DD'; the calendar opens at the server's today. */
export function DateControl({ id, value, onChange, label }: Omit<ControlProps, 'field'> & { label?: string }) {
  const today = useToday()
  return (
    <DatePicker
      id={id}
      aria-label={label}
      className="full"
      format="YYYY-MM-DD"
      placeholder="如 2021-09-30"
      value={value ? dayjs(value) : null}
      defaultPickerValue={today ? dayjs(today) : undefined}
      onChange={(chosen) => onChange?.(chosen ? chosen.format('YYYY-MM-DD') : undefined)}
    />
  )
}

function PersonControl({ id, value, onChange, field }: ControlProps) {
  const [q, setQ] = useState('')
  const choices = usePeopleChoices(field.among, q)
  return (
    <Select
      id={id}
      showSearch={{ filterOption: false, onSearch: setQ }}
      allowClear
      placeholder="输入姓名查找"
      value={value}
      onChange={onChange}
      loading={choices.isFetching}
      options={choices.data ?? []}
      notFoundContent={choices.isFetching ? '正在查找…' : '没有符合的人员'}
    />
  )
}

function TeamControl({ id, value, onChange }: ControlProps) {
  const choices = useTeamChoices()
  return (
    <Select
      id={id}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      placeholder="请选择团队"
      value={value}
      onChange={onChange}
      loading={choices.isFetching}
      options={choices.data ?? []}
    />
  )
}

function CourtControl({ id, value, onChange, field }: ControlProps) {
  const choices = useCourtChoices(field.among)
  return (
    <Select
      id={id}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      placeholder="请选择法院"
      value={value}
      onChange={onChange}
      loading={choices.isFetching}
      options={choices.data ?? []}
    />
  )
}

function DocumentControl({ id, value, onChange }: ControlProps) {
  const [q, setQ] = useState('')
  const choices = useDocumentChoices(q)
  return (
    <Select
      id={id}
      showSearch={{ filterOption: false, onSearch: setQ }}
      allowClear
      placeholder="输入案号或者文书名称查找"
      value={value}
      onChange={onChange}
      loading={choices.isFetching}
      options={choices.data ?? []}
      notFoundContent={choices.isFetching ? '正在查找…' : '没有符合的文书'}
    />
  )
}

function ChoiceControl({ id, value, onChange, field }: ControlProps) {
  const options = (field.options ?? []).map((option) => ({ value: option, label: option }))
  return (
    <Select
      id={id}
      allowClear={!field.required}
      showSearch={options.length > FEW_OPTIONS ? { optionFilterProp: 'label' } : false}
      placeholder={options.length > FEW_OPTIONS ? '请选择，可输入文字查找' : '请选择'}
      value={value}
      onChange={onChange}
      options={options}
    />
  )
}

function TextControl({ id, value, onChange, field }: ControlProps) {
  const isLong = (field.max ?? 0) > 200
  const set = (text: string) => onChange?.(text)
  if (!isLong)
    return <Input id={id} value={value} maxLength={field.max} onChange={(event) => set(event.target.value)} />
  return (
    <Input.TextArea
      id={id}
      value={value}
      maxLength={field.max}
      autoSize={{ minRows: 3, maxRows: 10 }}
      onChange={(event) => set(event.target.value)}
    />
  )
}

/** The control for a field as the definition declares it. */
export function Control(props: ControlProps<never>) {
  const text = props as unknown as ControlProps
  switch (props.field.type) {
    case 'choice':
      return <ChoiceControl {...text} />
    case 'date':
      return <DateControl id={text.id} value={text.value} onChange={text.onChange} />
    case 'person':
      return <PersonControl {...text} />
    case 'team':
      return <TeamControl {...text} />
    case 'document':
      return <DocumentControl {...text} />
    case 'court':
      return <CourtControl {...text} />
    case 'money':
      return <Input {...own(text)} inputMode="decimal" suffix="元" placeholder="如 1234567.00" />
    case 'number':
      return <Input {...own(text)} inputMode="numeric" />
    case 'caseNumber':
      return <Input {...own(text)} placeholder="如（2021）吉0193执123号" maxLength={60} />
    case 'flag':
      return <FlagControl {...(props as unknown as ControlProps<boolean>)} />
    default:
      return <TextControl {...text} />
  }
}

function own({ id, value, onChange }: ControlProps) {
  return { id, value, onChange: (event: { target: { value: string } }) => onChange?.(event.target.value) }
}

function FlagControl({ id, value, onChange, field }: ControlProps<boolean>) {
  return (
    <Checkbox id={id} checked={value === true} onChange={(event) => onChange?.(event.target.checked)}>
      {field.label}
    </Checkbox>
  )
}
