import { tieToCase } from '#cases/case/case-of-matter.ts'
import { partiesOf } from '#cases/case/case-parties.ts'
import { lockCases } from '#cases/case/lock-cases.ts'
import { addressesOf } from '#cases/documents/party-address.ts'
import type { Who } from '#kernel/authorisation/may.ts'
import type { Row } from '#kernel/database/database.ts'
import { sql } from '#kernel/database/sql.ts'
import type { Acting } from '#kernel/matter/acting.ts'
import type { Thing } from '#kernel/matter/matter.ts'
import { loadThing } from '#kernel/matter/store.ts'
import { problem } from '#kernel/problem/problem.ts'
import { feedCase } from './case-feed.ts'

/** Who serves: the case's own team, and the centre, which serves for all teams (第九条). */
export const SERVERS: readonly Who[] = [
  'holder',
  'team.head',
  'team.judge',
  'team.assistant',
  'team.clerk',
  'centre.clerk',
]

export const SIDES = { creditor: '申请执行人', debtor: '被执行人', 'third-party': '第三人' } as const
const OTHERS = '其他'

/**
 * A task to serve one document to one receiver: the document is one of a case of the opener's, and stands. Address,
 * phone and who is responsible come from the case where the opening leaves them out.
 */
export async function openService(acting: Acting): Promise<void> {
  const { values, courtId } = acting.thing
  const document = await documentToServe(acting)
  await tieToCase(acting, document.case_id as string, SERVERS, async ({ id, number }) => {
    const owner = { courtId, id }
    const [parties, addresses] = [await partiesOf(acting.tx, owner), await addressesOf(acting.tx, owner)]
    const side = parties.find(({ name }) => name === values.receiver)?.side
    const known = addresses.get(String(values.receiver))
    return {
      case_number: number,
      document_title: document.title,
      document_number: document.number,
      side: side ? SIDES[side] : OTHERS,
      address: values.address ?? known?.address ?? null,
      phone: values.phone ?? known?.phone ?? null,
    }
  })
  const tied = (await loadThing(acting.tx, acting.kind, acting.thing.id)) as Thing
  await feedCase({ ...acting, thing: tied }, 'served', null)
}

/** The document, held until the end: whoever voids it meanwhile waits, and then ends this task too. */
async function documentToServe({ tx, thing }: Acting): Promise<Row> {
  // Its case first, as whoever voids it does.
  await lockCases(
    tx,
    sql`(court_id, id) in (select court_id, case_id from issued_document
      where court_id = ${thing.courtId} and id = ${thing.values.document as string})`,
  )
  const row = await tx.one<Row>(sql`
    select case_id, title, number, voided_at from issued_document
    where court_id = ${thing.courtId} and id = ${thing.values.document as string} for no key update`)
  if (row.case_id === null) throw problem('service.case-document')
  if (row.voided_at !== null) throw problem('document.voided')
  return row
}
