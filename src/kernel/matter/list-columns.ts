import type { ListColumn } from '#kernel/lists/list.ts'
import { startOfDay } from '#kernel/time/time.ts'
import type { Field } from './field.ts'
import type { Kind } from './matter.ts'
import type { ThingRow } from './wire.ts'

// The columns of a kind's list, drawn from its declaration: number, every field, court, state, holder, limit, opening.

const SHOWN_FIELDS = 4
const NEVER_SHOWN = ['flag', 'person', 'team', 'document']
const LONG_TEXT = 200
const WIDTHS: Partial<Record<Field['type'], number>> = { text: 30, court: 20, caseNumber: 24, money: 18 }

/** Keys that a field may not take. */
export const LIST_COLUMN_KEYS: readonly string[] = ['number', 'court', 'state', 'holder', 'due', 'opened']

/**
 * The fields that tell rows apart, shown where nobody has chosen: the case first, then short facts, then the other
 * court; people stand in 经办, dates in 期限.
 */
function shownFields(kind: Kind): string[] {
  const rank = (type: string) => ({ caseNumber: 0, court: 2, date: 3 })[type] ?? 1
  return Object.entries(kind.fields)
    .filter(([, { type, max }]) => !NEVER_SHOWN.includes(type) && (type !== 'text' || (max ?? 0) <= LONG_TEXT))
    .sort(([, one], [, other]) => rank(one.type) - rank(other.type))
    .slice(0, SHOWN_FIELDS)
    .map(([name]) => name)
}

/** The registered columns of a kind's list; those that are shown by themselves come first among the fields. */
export function columnsOfKind(kind: Kind): ListColumn<ThingRow>[] {
  const shown = shownFields(kind)
  const others = Object.keys(kind.fields).filter((name) => !shown.includes(name) && !isToldElsewhere(kind.fields[name]))
  const text = { type: 'text', shown: true } as const
  return [
    { key: 'number', label: '编号', width: 24, value: (row) => row.number, ...text },
    ...shown.map((name) => fieldColumn(kind, name, true)),
    { key: 'court', label: '法院', width: 24, value: (row) => row.courtName, type: 'text', shown: 'wide' },
    { key: 'state', label: '状态', width: 10, value: (row) => row.stateLabel, ...text },
    { key: 'holder', label: '经办', width: 12, value: (row) => row.holder, ...text },
    { key: 'due', label: '期限', width: 12, value: (row) => row.dueOn, ...text },
    { key: 'opened', label: '发起时间', width: 18, value: (row) => minuteOf(row.openedAt), ...text },
    ...others.map((name) => fieldColumn(kind, name, false)),
  ]
}

/** Who a person or team field names stands in 经办 already; a document is told by its title and number. */
function isToldElsewhere(field: Field | undefined): boolean {
  return field?.type === 'person' || field?.type === 'team' || field?.type === 'document'
}

function fieldColumn(kind: Kind, name: string, shown: boolean): ListColumn<ThingRow> {
  const { label, type } = kind.fields[name] as Field
  return {
    key: name,
    label,
    type: type === 'money' ? 'money' : 'text',
    width: WIDTHS[type] ?? 12,
    shown,
    value: ({ values }) => {
      const value = values[name]
      if (value === null || value === undefined || value === '') return null
      return typeof value === 'boolean' ? (value ? '是' : '否') : String(value)
    },
  }
}

const SHANGHAI_MS = -startOfDay('1970-01-01').getTime()

/** An instant to the minute, as a clock in China shows it. */
function minuteOf(instant: string): string {
  return new Date(Date.parse(instant) + SHANGHAI_MS).toISOString().slice(0, 16).replace('T', ' ')
}
