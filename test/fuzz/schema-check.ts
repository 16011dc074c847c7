// Whether a value fits a JSON schema as the OpenAPI document writes it. Compiled once, asked a million times.

// biome-ignore lint/suspicious/noExplicitAny: a schema is JSON of every shape
export type Schema = Readonly<Record<string, any>>

/** Names the first place that does not fit, with the reason; null where all fits. */
export type Check = (value: unknown, at?: string) => string | null

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  integer: Number.isInteger,
  number: (value) => typeof value === 'number' && Number.isFinite(value),
  boolean: (value) => typeof value === 'boolean',
  null: (value) => value === null,
  array: Array.isArray,
  object: (value) => value !== null && typeof value === 'object' && !Array.isArray(value),
}

/** Compiles a schema whose references have been put in their places. */
export function checkOf(schema: Schema): Check {
  const types =
    schema.type === undefined ? null : [schema.type].flat().map((name: string) => TYPES[name] ?? (() => false))
  const either = ((schema.anyOf ?? schema.oneOf) as Schema[] | undefined)?.map(checkOf)
  const parts: Check[] = [
    ...((schema.allOf as Schema[] | undefined) ?? []).map(checkOf),
    ...(either ? [oneOf(either)] : []),
    ...(schema.enum || schema.const !== undefined ? [listed((schema.enum as unknown[]) ?? [schema.const])] : []),
    textCheck(schema),
    numberCheck(schema),
    arrayCheck(schema),
    objectCheck(schema),
  ].filter((one) => one !== null)
  return (value, at = '$') => {
    if (value === null && schema.nullable === true) return null
    if (types && !types.some((fits) => fits(value))) return `${at}: ${typeof value} instead of ${schema.type}`
    for (const part of parts) {
      const fault = part(value, at)
      if (fault !== null) return fault
    }
    return null
  }
}

const oneOf =
  (checks: readonly Check[]): Check =>
  (value, at = '$') => {
    const faults = checks.map((check) => check(value, at))
    return faults.includes(null) ? null : `${at}: fits none of ${checks.length}`
  }

const listed =
  (values: readonly unknown[]): Check =>
  (value, at) =>
    values.includes(value) ? null : `${at}: ${JSON.stringify(value)} is not listed`

function textCheck({ minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern }: Schema): Check | null {
  const form = typeof pattern === 'string' ? new RegExp(pattern, 'u') : null
  return (value, at) => {
    if (typeof value !== 'string') return null
    if (value.length < minLength) return `${at}: too short`
    if (value.length > maxLength && [...value].length > maxLength) return `${at}: too long`
    return form && !form.test(value) ? `${at}: not of the form ${pattern}` : null
  }
}

function numberCheck({ minimum, maximum, exclusiveMinimum }: Schema): Check | null {
  if (minimum === undefined && maximum === undefined && exclusiveMinimum === undefined) return null
  return (value, at) => {
    if (typeof value !== 'number') return null
    const isLow =
      value < (minimum ?? Number.NEGATIVE_INFINITY) || value <= (exclusiveMinimum ?? Number.NEGATIVE_INFINITY)
    return isLow || value > (maximum ?? Number.POSITIVE_INFINITY) ? `${at}: out of range` : null
  }
}

function arrayCheck({ items, minItems = 0, maxItems = Number.POSITIVE_INFINITY }: Schema): Check | null {
  const each = items ? checkOf(items) : null
  return (value, at) => {
    if (!Array.isArray(value)) return null
    if (value.length < minItems || value.length > maxItems) return `${at}: ${value.length} items`
    for (const [index, item] of each ? value.entries() : []) {
      const fault = each?.(item, `${at}[${index}]`)
      if (fault) return fault
    }
    return null
  }
}

function objectCheck({ properties, required = [], additionalProperties }: Schema): Check | null {
  if (!properties && additionalProperties === undefined) return null
  const known = new Map(
    Object.entries((properties ?? {}) as Record<string, Schema>).map(([name, one]) => [name, checkOf(one)]),
  )
  const others = typeof additionalProperties === 'object' ? checkOf(additionalProperties) : null
  return (value, at) => {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return null
    const absent = (required as string[]).find((name) => !Object.hasOwn(value, name))
    if (absent !== undefined) return `${at}.${absent}: missing`
    for (const [name, one] of Object.entries(value)) {
      const check = known.get(name) ?? others
      if (!check && additionalProperties === false) return `${at}.${name}: not declared`
      const fault = check?.(one, `${at}.${name}`) ?? null
      if (fault !== null) return fault
    }
    return null
  }
}
