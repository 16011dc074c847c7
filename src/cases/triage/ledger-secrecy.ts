import { LEDGER_READERS } from '#cases/special-party/special-party.ts'
import { type Governed, mayRead } from '#kernel/authorisation/may.ts'
import type { Session } from '#kernel/matter/acting.ts'
import type { LoggedAct } from '#kernel/matter/words.ts'
import { LEDGER_REASON, type Proposal } from './triage-rules.ts'

// More people read a case than its entry in the ledger of special parties. What triage took from there is told to those
// alone who may read it there; to the others, that it was there.

/** How triage is shown to one reader of a case. */
export interface Shown {
  reasons(all: Proposal['reasons']): Proposal['reasons']
  standing(reason: string): string
  log(rows: readonly LoggedAct[]): readonly LoggedAct[]
}

/** What this reader is shown of a case's triage. */
export function triageFor({ actor }: Pick<Session, 'actor'>, thing: Governed): Shown {
  return mayRead(actor, LEDGER_READERS, thing, false) ? WHOLE : WITHOUT_LEDGER
}

const WHOLE: Shown = { reasons: (all) => all, standing: (reason) => reason, log: (rows) => rows }

const WITHOUT_LEDGER: Shown = {
  reasons: (all) => all.filter(({ label }) => label !== LEDGER_REASON),
  standing: unnamed,
  log: (rows) =>
    rows.map((row) => {
      const reason = row.answers.分流理由
      return typeof reason === 'string' ? { ...row, answers: { ...row.answers, 分流理由: unnamed(reason) } } : row
    }),
}

/** A name may hold any sign, so that nobody can say where it ends: the whole is left out. */
function unnamed(reason: string): string {
  return reason.startsWith(`${LEDGER_REASON}（`) ? `依据${LEDGER_REASON}` : reason
}
