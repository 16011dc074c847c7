import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import type { TestContext } from 'node:test'
import type { ImportChange } from '#cases/case/wire.ts'
import { caseRow, HEAD, type MadeCell, workbookFile } from '#cases/import/made-workbook.ts'
import type { Client } from '#test/client.ts'
import { atRest } from './filed-imports.ts'

// A court's export as a test makes it: checked, read as changes, confirmed.

export type Told = Partial<Record<(typeof HEAD)[number], MadeCell>>

/** Uploads an export of these rows and waits until it has been checked. */
export async function check(t: TestContext, clerk: Client, rows: readonly Told[], asOfOn = '2021-09-30') {
  const path = workbookFile(t, { rows: [HEAD, ...rows.map(caseRow)] })
  const file = { name: '明细表.xlsx', content: await readFile(path) }
  const filed = await clerk.upload('/imports', { asOfOn, dryRun: 'true' }, file)
  const run = await atRest(clerk, filed.body.id)
  assert.equal(run.state, 'checked', JSON.stringify(run.problem))
  return run
}

/** Confirms a check and waits until it has been imported. */
export async function confirm(clerk: Client, id: string) {
  return atRest(clerk, (await clerk.do(`/imports/${id}/start`)).id)
}

/** All changes of a check, read page by page. */
export async function changesOf(clerk: Client, id: string, kind = ''): Promise<ImportChange[]> {
  const items: ImportChange[] = []
  let after = ''
  do {
    const page = await clerk.read(
      `/imports/${id}/changes?limit=4${kind && `&kind=${kind}`}${after && `&after=${after}`}`,
    )
    items.push(...page.items)
    after = page.next ?? ''
  } while (after)
  return items
}

/** A case number of the court by its serial. */
export const number = (serial: number) => `（2021）吉0193执${serial}号`
