import { useQueryClient } from '@tanstack/react-query'
import type { FieldView } from '#kernel/matter/wire.ts'
import { fenOf, yuan } from '#web/office/parts/format.ts'
import type { Choice } from './choices.ts'

/** Turns a form's values into words for the summary before a grave act: people and teams by name, money in yuan. */
export function useAnswerWords() {
  const queries = useQueryClient()
  const labelOf = (value: string, ...key: string[]) =>
    queries
      .getQueriesData<Choice[]>({ queryKey: key })
      .flatMap(([, choices]) => choices ?? [])
      .find((choice) => choice.value === value)?.label ?? value
  const word = (field: FieldView, value: unknown): string => {
    const text = String(value)
    if (field.type === 'person') return labelOf(text, 'people', 'choices')
    if (field.type === 'team') return labelOf(text, 'teams', 'choices')
    if (field.type === 'court') return labelOf(text, 'courts', 'choices')
    if (field.type === 'money') return `${yuan(fenOf(text))} 元`
    return field.type === 'flag' ? (value ? '是' : '否') : text
  }
  return (fields: FieldView[], values: Record<string, unknown>): [string, string][] =>
    fields.flatMap((field): [string, string][] => {
      const value = values[field.name]
      return value === undefined || value === null || value === '' ? [] : [[field.label, word(field, value)]]
    })
}
