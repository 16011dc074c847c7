// SQL as values: a template that keeps its parameters apart from its text, so that nothing a user wrote becomes SQL.

/** A statement or a part of one, with its parameters $1, $2 …. */
export class Sql {
  readonly text: string
  readonly values: readonly unknown[]
  constructor(text: string, values: readonly unknown[]) {
    this.text = text
    this.values = values
  }
}

/** sql`select … where id = ${id}`; another Sql inside is woven in with its parameters renumbered. */
export function sql(strings: TemplateStringsArray, ...inputs: unknown[]): Sql {
  let text = strings[0] ?? ''
  const values: unknown[] = []
  inputs.forEach((input, index) => {
    if (input instanceof Sql) {
      const offset = values.length
      text += input.text.replace(/\$(\d+)/g, (_, n: string) => `$${Number(n) + offset}`)
      values.push(...input.values)
    } else {
      values.push(input)
      text += `$${values.length}`
    }
    text += strings[index + 1] ?? ''
  })
  return new Sql(text, values)
}

/** Text that the program itself wrote (a column list, a table of a declared kind); never a user's. */
export function raw(text: string): Sql {
  return new Sql(text, [])
}

/** An identifier of a declared kind or field, quoted. Throws where it could be anything else. */
export function identifier(name: string): Sql {
  if (!/^[a-z_][a-z0-9_]*$/.test(name)) throw new Error(`not an identifier: ${name}`)
  return new Sql(`"${name}"`, [])
}

/** Parts one after another; empty text where there are none. */
export function join(parts: readonly Sql[], separator = ', '): Sql {
  return parts.reduce((all, part, index) => (index === 0 ? part : sql`${all}${raw(separator)}${part}`), raw(''))
}

/**
 * The rows of a question as one JSON value, so that one statement answers several questions. Days and instants come as
 * text; an amount must be asked for as text.
 */
export function rowsOf(question: Sql): Sql {
  return sql`(select coalesce(json_agg(q), '[]') from (${question}) q)`
}

/** Whose rows a question asks for: by its values, or by the columns of the statement around it. */
export interface OwnerOf {
  courtId: number | Sql
  id: string | Sql
}

/** JSON for a column, in which amounts (bigint) stand as strings of digits. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? String(one) : one))
}

/** The LIKE pattern of texts that hold this one; its own % and _ stand for themselves. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, (mark) => `\\${mark}`)}%`
}

/** Conditions joined by AND; true where there are none. */
export function allOf(conditions: readonly (Sql | null | undefined | false)[]): Sql {
  const present = conditions.filter((condition): condition is Sql => condition instanceof Sql)
  return present.length === 0 ? raw('true') : join(present, ' and ')
}
