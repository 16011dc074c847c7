import { sql } from '#kernel/database/sql.ts'
import type { Acting } from '#kernel/matter/acting.ts'
import { fieldProblem } from '#kernel/problem/problem.ts'
import { partiesOf } from './case-parties.ts'
import { maskCertificate, readCertificate } from './certificate.ts'
import { plainName } from './name-grams.ts'

// 法定代表人 of a firm that is a party: firms of one person are related cases (第十一条), a hint and no more.

/** 登记法定代表人: of a party of the case; the number goes into the record masked. */
export async function noteLegalRepresentative(acting: Acting): Promise<void> {
  const { tx, thing, actor, at, answers, noted } = acting
  const firm = plainName(String(answers.firm))
  const party = (await partiesOf(tx, thing)).find(({ name }) => plainName(name) === firm)
  if (!party) throw fieldProblem([{ path: 'firm', message: '该案当事人中没有这个名称' }])
  const { type, number, valid } = readCertificate(String(answers.identity))
  if (type !== '居民身份证' || !valid)
    throw fieldProblem([{ path: 'identity', message: '不是有效的居民身份证号码，请核对' }])
  await tx.run(sql`
    insert into case_legal_representative (court_id, case_id, plain_name, party, name, type, number, valid,
      recorded_name, recorded_at)
    values (${thing.courtId}, ${thing.id}, ${firm}, ${party.name}, ${answers.representative}, ${type}, ${number},
      ${valid}, ${actor.name}, ${at})
    on conflict (court_id, case_id, plain_name) do update set party = excluded.party, name = excluded.name,
      type = excluded.type, number = excluded.number, valid = excluded.valid,
      recorded_name = excluded.recorded_name, recorded_at = excluded.recorded_at`)
  // What is noted stands in the record in the place of what was answered.
  noted.identity = maskCertificate(number)
}
