import { partiesOf } from '#cases/case/case-parties.ts'
import { addressesOf } from '#cases/documents/party-address.ts'
import { mayAct, type Who } from '#kernel/authorisation/may.ts'
import type { Row } from '#kernel/database/database.ts'
import { sql } from '#kernel/database/sql.ts'
import type { Acting } from '#kernel/matter/acting.ts'
import { saveThing } from '#kernel/matter/store.ts'
import { fieldProblem, problem } from '#kernel/problem/problem.ts'

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
  const { tx, kind, thing, actor } = acting
  const receiver = String(thing.values.receiver)
  const document = await documentToServe(acting)
  const one = await tx.maybe<Row>(sql`
    select id, number, holder_id, holder_team_id, holder_name from enforcement_case
    where court_id = ${thing.courtId} and id = ${document.case_id}`)
  if (!one) throw problem('service.case-document')
  const owner = { courtId: thing.courtId, id: one.id as string }
  const holder = { holderId: one.holder_id as string | null, holderTeamId: one.holder_team_id as string | null }
  if (!mayAct(actor, SERVERS, { ...owner, ...holder })) throw problem('access.denied')
  const [parties, addresses] = [await partiesOf(tx, owner), await addressesOf(tx, owner)]
  const side = parties.find(({ name }) => name === receiver)?.side
  const known = addresses.get(receiver)
  await saveThing(tx, kind, thing, {
    case_id: owner.id,
    case_number: one.number,
    document_title: document.title,
    document_number: document.number,
    side: side ? SIDES[side] : OTHERS,
    address: thing.values.address ?? known?.address ?? null,
    phone: thing.values.phone ?? known?.phone ?? null,
    holder_id: thing.holderId ?? holder.holderId,
    holder_name: thing.holderName ?? one.holder_name,
    holder_team_id: holder.holderTeamId,
  })
}

/** The document, held until the end: whoever voids it meanwhile waits, and then ends this task too. */
async function documentToServe({ tx, thing }: Acting): Promise<Row> {
  const row = await tx.maybe<Row>(sql`
    select case_id, title, number, voided_at from issued_document
    where court_id = ${thing.courtId} and id = ${thing.values.document as string} for update`)
  if (!row) throw fieldProblem([{ path: 'document', message: '本院没有这份文书' }])
  if (row.voided_at !== null) throw problem('document.voided')
  return row
}
