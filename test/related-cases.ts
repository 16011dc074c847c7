import { readCertificate } from '#cases/case/certificate.ts'
import { courtIdOf, putPerson } from './access/put.ts'
import type { TestServer } from './harness.ts'
import { membersOf } from './suite/cast.ts'

// Cases that are related: those of one debtor in 吉0193, in its sister court 吉0104, or elsewhere.

export const OWN = '吉0193'
export const SISTER = '吉0104'
/** Where the cast has people; elsewhere a clerk is put there, who has no judge to name. */
const FILING: Readonly<Record<string, string>> = { [OWN]: 'linjing', [SISTER]: 'panlin' }

/** A number with the check character that agrees. */
export function checked(first17: string): string {
  const found = [...'0123456789X'].map((last) => first17 + last).find((number) => readCertificate(number).valid)
  if (!found) throw new Error(`${first17} has no check character`)
  return found
}

/** An identity number of somebody born on this day. */
export function identityOf(bornOn: string, serial: number): string {
  return checked(`220104${bornOn.replaceAll('-', '')}${String(serial).padStart(3, '0')}`)
}

export interface Opened {
  id: string
  version: number
  caseNumber: string
}

interface CaseFacts {
  court?: string
  name?: string
  certificates?: string[]
  basisNumber?: string | null
  creditor?: string
  more?: object
}

/** A case in hand of a judge of its court. */
export async function openCaseOf(server: TestServer, facts: CaseFacts = {}): Promise<Opened> {
  const { court = OWN, name = '某乙', certificates = [], basisNumber = null, creditor = '某甲公司', more = {} } = facts
  const client = await server.as(FILING[court] ?? (await clerkIn(server, court)))
  const [judge] = await membersOf(server, court, 'team.judge')
  return client.do('/cases', {
    kind: '首次执行',
    filedOn: '2021-09-01',
    amountFen: '123400',
    basisNumber,
    judgeId: judge?.personId ?? null,
    creditors: [{ name: creditor, certificates: [] }],
    debtors: [{ name, certificates }],
    ...more,
  })
}

async function clerkIn(server: TestServer, court: string): Promise<string> {
  const courtId = await courtIdOf(server, court)
  const username = `clerk.${courtId}`
  if ((await membersOf(server, court, 'centre.clerk')).length === 0)
    await putPerson(server, { courtId, username, name: '某', role: 'centre.clerk' })
  return username
}

/** Two cases of one debtor: the first in 吉0193, the second there too or in another court. */
export async function relatedPair(server: TestServer, serial: number, court = OWN): Promise<[Opened, Opened]> {
  const certificates = [identityOf('1990-01-01', serial)]
  const name = `某${serial}`
  return [await openCaseOf(server, { name, certificates }), await openCaseOf(server, { court, name, certificates })]
}

export const PATH = '/related-proposals'
export const ONE_TEAM = '集中至本院同一团队'
export const ONE_COURT = '集中至同一法院'

/** 林静 proposes to concentrate cases with the leading one: in one team where nothing else is said. */
export async function propose(server: TestServer, lead: Opened, chosen: Opened[], changes: object = {}) {
  const body = {
    caseNumber: lead.caseNumber,
    chosen: chosen.map(({ caseNumber }) => caseNumber).join('、'),
    way: ONE_TEAM,
    ground: '同一被执行人，集中办理',
    ...changes,
  }
  return (await server.as('linjing')).post(PATH, body)
}

/** A court's name. */
export async function nameOf(server: TestServer, code: string): Promise<string> {
  const [court] = await server.sql<{ name: string }>('select name from court where code = $1', [code])
  return court?.name ?? ''
}

/** Who has these cases, with his team. */
export async function handlersOf(server: TestServer, ids: string[]) {
  return server.sql('select holder_name, team_name from enforcement_case where id = any($1)', [ids])
}
