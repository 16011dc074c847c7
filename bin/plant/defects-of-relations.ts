/* biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are pieces of source */
import type { Defect } from './defects.ts'

// Defects in related cases and their concentration, in the ledger of special parties, and in service.

const FIRMS = 'src/cases/related-proposal/firms-and-assets.test.ts'
const TRANSFER = 'src/cases/related-proposal/case-transfer.test.ts'
const FOLLOW = 'src/cases/special-party/ledger-follow.test.ts'

export const DEFECTS_OF_RELATIONS: readonly Defect[] = [
  {
    name: 'another court’s case is told by its id',
    file: 'src/cases/related-proposal/related-routes.ts',
    find: 'id: mayOpen ? one.caseId : null',
    put: 'id: mayOpen || one.caseId ? one.caseId : null',
    tests: ['src/cases/related-proposal/related-cases.test.ts'],
  },
  {
    name: 'a firm is related to itself by who represents it',
    file: 'migrations/0100-relations-of-firms-and-assets.sql',
    find: 'where o.number = r.number and o.valid and o.plain_name <> r.plain_name and exists (',
    put: 'where o.number = r.number and o.valid and exists (',
    tests: [FIRMS],
  },
  {
    name: 'an asset of a clue that proved false still relates cases',
    file: 'src/cases/asset-clue/clue-acts.ts',
    find: "outcome === '不属实' ? null : assetNumber",
    put: 'outcome === null ? null : assetNumber',
    tests: [FIRMS],
  },
  {
    name: 'what came in before is asked for once more by the court to which a case moves',
    file: 'src/cases/related-proposal/case-transfer.ts',
    find: 'greatest(one.amount_fen - coalesce(one.arrived_fen, 0), 0)',
    put: 'one.amount_fen',
    tests: [TRANSFER],
  },
  {
    name: 'suspensions stay behind when a case moves',
    file: 'src/cases/related-proposal/case-transfer.ts',
    find: "copy('clock_ledger', { owner: 'thing_id', anew: { counterpart_court_id: null } }),",
    put: '',
    tests: [TRANSFER],
  },
  {
    name: 'a case moves with money that was not paid out',
    file: 'src/cases/related-proposal/case-transfer.ts',
    find: "!facts.get('funds-disbursed')?.on)",
    put: "facts.get('funds-disbursed')?.on)",
    tests: [TRANSFER],
  },
  {
    name: 'a creditor’s own part of a judgment counts as filed twice in another court',
    file: 'migrations/0104-duplicate-filing-elsewhere.sql',
    find: 'and public.name_set(f.creditor_names) = o.creditors',
    put: '',
    tests: ['src/cases/warnings/duplicate-filing.test.ts'],
  },
  {
    name: 'a case that was returned to the filing division is drawn for a judge',
    file: 'src/cases/assignment/case-assignment.ts',
    find: 'if (one.holderId === null && (await awaitsReceipt(session, one)))',
    put: 'if (one.holderId !== null && (await awaitsReceipt(session, one)))',
    tests: ['src/cases/filing-check/filing-check.test.ts'],
  },
  {
    name: 'an entry of the ledger stays with the former judge',
    file: 'src/cases/special-party/ledger-follow.ts',
    find: 'and m.holder_id is distinct from c.holder_id',
    put: 'and m.holder_id is null',
    tests: [FOLLOW],
  },
  {
    name: 'a case ends and its entry hears nothing',
    file: 'src/cases/special-party/ledger-follow.ts',
    find: "if (entry.state !== 'listed') continue",
    put: "if (entry.state === 'listed') continue",
    tests: [FOLLOW],
  },
  {
    name: 'a search by changed rules ends with its first batch',
    file: 'src/cases/special-party/search.ts',
    find: 'return rows.length === batch',
    put: 'return rows.length > batch',
    tests: [FOLLOW],
  },
  {
    name: 'a public notice before the other ways have failed',
    file: 'src/cases/service-task/rules.ts',
    find: 'return missing.length === 0 ? null',
    put: 'return missing.length >= 0 ? null',
    tests: ['src/cases/service-task/public-notice.test.ts'],
  },
  {
    name: 'an electronic service without consent',
    file: 'src/cases/service-task/rules.ts',
    find: 'return way.consent && !consent ?',
    put: 'return way.consent && consent ?',
    tests: ['src/cases/service-task/service-task.test.ts'],
  },
  {
    name: 'a void document goes along with a case that moves',
    file: 'src/cases/related-proposal/case-transfer.ts',
    find: ' and d.voided_at is null`)',
    put: '`)',
    tests: ['src/cases/related-proposal/case-transfer.test.ts'],
  },
]
