import { asOwner } from '#kernel/database/owner.ts'
import { sql } from '#kernel/database/sql.ts'
import { COURTS } from '#rules/courts.ts'

/** Puts the courts into a database that has none; a table that a court has since corrected is left alone. */
export async function seedCourts(url: string): Promise<void> {
  await asOwner(url, 'write', async (tx) => {
    await tx.run(sql`lock table court in share row exclusive mode`)
    if (await tx.maybe(sql`select 1 from court limit 1`)) return
    const lines = new Map<string, number[]>()
    for (const court of COURTS) {
      const above = court.parent === null ? [] : lines.get(court.parent)
      if (above === undefined) throw new Error(`${court.code}: its parent ${court.parent} does not stand before it`)
      const line = [...above, court.id]
      lines.set(court.code, line)
      await tx.run(sql`
        insert into court (id, code, name, level, parent_id, line, code_checked)
        values (${court.id}, ${court.code}, ${court.name}, ${court.level}, ${above.at(-1) ?? null}, ${line},
          ${court.codeChecked})`)
    }
  })
}
