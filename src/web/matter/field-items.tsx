import { Form, type FormInstance } from 'antd'
import type { FieldView } from '#kernel/matter/wire.ts'
import { Refusal } from '#web/office/api.ts'
import { fenOf } from '#web/office/parts/format.ts'
import { Control } from './control.tsx'

// Forms are drawn from the definition's fields; the server's refusals come back to the field they speak of.

/** What a form needs of a field; a page may declare its own where no definition does. */
export type LocalField = Omit<FieldView, 'atOpening'>

type Values = Record<string, unknown>

function rulesOf(field: LocalField) {
  const verb = ['choice', 'person', 'team', 'document', 'court', 'date'].includes(field.type) ? '选择' : '填写'
  return [
    ...(field.required && field.type !== 'flag' ? [{ required: true, message: `请${verb}${field.label}` }] : []),
    ...(field.type === 'money'
      ? [
          {
            validator: (_: unknown, text?: string) =>
              !text || fenOf(text) !== null
                ? Promise.resolve()
                : Promise.reject(new Error('金额写成数字，最多两位小数')),
          },
        ]
      : []),
    ...(field.type === 'number' ? [{ pattern: /^-?\d+$/, message: '请填写整数' }] : []),
  ]
}

const PICKED = ['person', 'team', 'court']

/**
 * A choice such as 督办对象 (承办人, 团队, 下级法院) decides which of the optional fields 承办人, 承办团队, 下级法院 is asked:
 * the one whose label ends with the chosen option, and that one must then be filled in.
 */
function asAsked(field: LocalField, fields: LocalField[], values: Values): LocalField | null {
  if (field.required || !PICKED.includes(field.type)) return field
  const choice = fields.find(
    ({ type, options }) => type === 'choice' && options?.some((option) => field.label.endsWith(option)),
  )
  if (!choice) return field
  const chosen = values[choice.name]
  return typeof chosen === 'string' && field.label.endsWith(chosen) ? { ...field, required: true } : null
}

/** The items of a form for these fields. */
export function FieldItems({ fields }: { fields: LocalField[] }) {
  const form = Form.useFormInstance()
  const values = (Form.useWatch([], form) as Values | undefined) ?? {}
  return (
    <>
      {fields
        .flatMap((field) => asAsked(field, fields, values) ?? [])
        .map((field) => (
          <Form.Item
            key={field.name}
            name={field.name}
            label={field.type === 'flag' ? ' ' : field.label}
            colon={false}
            required={field.required && field.type !== 'flag'}
            rules={rulesOf(field)}
            extra={field.help}
            className={(field.max ?? 0) > 200 ? 'wide-item' : undefined}
          >
            <Control field={field} />
          </Form.Item>
        ))}
    </>
  )
}

/** The form's values as the wire wants them: empty ones left out, money in fen, numbers as numbers. */
export function wireValues(fields: LocalField[], values: Values): Values {
  const pairs = fields.flatMap(({ name, type }): [string, unknown][] => {
    const value = values[name]
    if (type === 'flag') return [[name, value === true]]
    if (value === undefined || value === null || value === '') return []
    if (type === 'money') return [[name, fenOf(String(value))]]
    if (type === 'number') return [[name, Number(value)]]
    return [[name, typeof value === 'string' ? value.trim() : value]]
  })
  return Object.fromEntries(pairs)
}

function nameOf(path: string): (string | number)[] {
  return path
    .split(/[.[\]/]+/)
    .filter((part) => part !== '')
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part))
}

function isKnown(form: FormInstance, name: (string | number)[]): boolean {
  return (
    form.getFieldInstance(name) !== undefined ||
    Object.keys(form.getFieldsValue(true) as object).includes(String(name[0]))
  )
}

/** Puts the server's refusals beside their fields; answers whether every one of them found its place. */
export function showFieldProblems(form: FormInstance, error: Error): boolean {
  if (!(error instanceof Refusal) || error.fields.length === 0) return false
  const placed = error.fields.map(({ path, message }) => ({ name: nameOf(path), errors: [message] }))
  form.setFields(placed)
  const first = placed[0]
  if (first) form.scrollToField(first.name, { block: 'center', focus: true })
  return placed.every(({ name }) => isKnown(form, name))
}
