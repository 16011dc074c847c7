import { z } from 'zod'
import type { Role } from '#kernel/authorisation/roles.ts'
import { isOn } from '#kernel/time/time.ts'
import type { FieldView } from './wire.ts'

// A field is declared once: its label, its type in a request, its column and its control on the screen follow.

export type FieldValue = string | number | bigint | boolean | null

export interface Field {
  label: string
  type: FieldView['type']
  required: boolean
  /** False for what only an act fills in. */
  atOpening: boolean
  column: string
  /** What a request may hold; money comes as a string of digits in fen. */
  schema: z.ZodType<FieldValue>
  options?: readonly string[]
  max?: number
  among?: string
  help?: string
}

interface FieldOptions {
  optional?: boolean
  /** Filled in by an act, not at the opening. */
  later?: boolean
  help?: string
}

const TEXT_MAX = 500

function make(field: Omit<Field, 'required' | 'atOpening'>, options: FieldOptions): Field {
  const required = options.optional !== true && options.later !== true
  return {
    ...field,
    required,
    atOpening: options.later !== true,
    schema: required ? field.schema : orNothing(field.schema),
    ...(options.help ? { help: options.help } : {}),
  }
}

function orNothing(schema: Field['schema']): Field['schema'] {
  return z
    .union([schema, z.null()])
    .optional()
    .transform((value) => value ?? null) as Field['schema']
}

const filled = (max: number) =>
  z
    .string()
    .trim()
    .min(1, '请填写')
    .refine((text) => [...text].length <= max, `不能超过${max}字`)

export const field = {
  text: (label: string, options: FieldOptions & { max?: number } = {}) =>
    make(
      { label, type: 'text', column: 'text', schema: filled(options.max ?? TEXT_MAX), max: options.max ?? TEXT_MAX },
      options,
    ),

  /** field.choice('方向', '委托外省', '外省委托') */
  choice: (label: string, ...options: [string, ...string[]]) =>
    make({ label, type: 'choice', column: 'text', schema: z.enum(options, '请选择'), options }, {}),

  /** The same field where it may be left empty: field.optional(field.choice(…)) */
  optional: (one: Field): Field => ({ ...one, required: false, schema: orNothing(one.schema) }),

  date: (label: string, options: FieldOptions = {}) =>
    make({ label, type: 'date', column: 'date', schema: z.string().refine(isOn, '请填写日期') }, options),

  money: (label: string, options: FieldOptions = {}) =>
    make(
      {
        label,
        type: 'money',
        column: 'bigint',
        schema: z
          .string()
          .regex(/^\d{1,17}$/, '请填写金额')
          .transform(BigInt),
      },
      options,
    ),

  number: (label: string, options: FieldOptions & { min?: number; max?: number } = {}) =>
    make(
      {
        label,
        type: 'number',
        column: 'int',
        schema: z
          .int('请填写整数')
          .min(options.min ?? 0)
          .max(options.max ?? 1_000_000),
      },
      options,
    ),

  /** A court by its code (吉0193). The first court field of a kind names the counterpart. */
  court: (label: string, options: FieldOptions & { among?: 'subordinate' | 'any' } = {}) =>
    make({ label, type: 'court', column: 'text', schema: filled(20), among: options.among ?? 'any' }, options),

  person: (label: string, options: FieldOptions & { role?: Role } = {}) =>
    make(
      {
        label,
        type: 'person',
        column: 'uuid',
        schema: z.uuid('请选择人员'),
        ...(options.role ? { among: options.role } : {}),
      },
      options,
    ),

  team: (label: string, options: FieldOptions = {}) =>
    make({ label, type: 'team', column: 'uuid', schema: z.uuid('请选择团队') }, options),

  /** A document that the court has issued, by its id; lists and pages show its words, never the id. */
  document: (label: string, options: FieldOptions = {}) =>
    make({ label, type: 'document', column: 'uuid', schema: z.uuid('请选择文书') }, options),

  caseNumber: (label: string, options: FieldOptions = {}) =>
    make({ label, type: 'caseNumber', column: 'text', schema: filled(60) }, options),

  flag: (label: string, options: FieldOptions = {}) =>
    make({ label, type: 'flag', column: 'boolean', schema: z.boolean() }, options),
}

/** The same field, filled in by an act and not at the opening. */
export function filledLater(one: Field): Field {
  return make(one, { later: true, ...(one.help ? { help: one.help } : {}) })
}

/** A field as forms and lists are drawn from it. */
export function fieldView(name: string, one: Field): FieldView {
  const { label, type, required, atOpening, options, max, among, help } = one
  return {
    name,
    label,
    type,
    required,
    atOpening,
    ...(options ? { options: [...options] } : {}),
    ...(max ? { max } : {}),
    ...(among ? { among } : {}),
    ...(help ? { help } : {}),
  }
}

/** camelCase of a field → its column. */
export function columnOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
