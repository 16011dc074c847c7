/* biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are pieces of source */
import type { Defect } from './defects.ts'

// Defects in what is done to many things, one after another.

export const DEFECTS_OF_BULK: readonly Defect[] = [
  {
    name: 'what failed unheard in a part of a transaction is taken for done',
    file: 'src/kernel/database/tx.ts',
    find: "await client.query('release savepoint part')",
    put: '',
    tests: ['test/landings/parts.test.ts'],
  },
  {
    name: 'what one person is told stands in the document of the next',
    file: 'src/kernel/documents/fill.ts',
    find: 'zip.files = { ...unfilled.files }',
    put: 'zip.files = unfilled.files',
    tests: ['src/kernel/documents/fill.test.ts'],
  },
  {
    name: 'what every object inherits is taken for an act in bulk',
    file: 'src/kernel/bulk/bulk-routes.ts',
    find: 'target && Object.hasOwn(target.actions, name) ? target.actions[name] : undefined',
    put: 'target?.actions[name]',
    tests: ['src/kernel/bulk/bulk.test.ts'],
  },
  {
    name: 'a stopped account goes on in bulk',
    file: 'src/kernel/organisation/sessions.ts',
    find: "a.id = ${account.id} and a.state = 'active'",
    put: 'a.id = ${account.id}',
    tests: ['src/kernel/bulk/bulk.test.ts'],
  },
  {
    name: 'a confirmation holds for cases that have changed since',
    file: 'src/cases/import/export-changes.ts',
    find: 'c.version <> d.case_version',
    put: 'false',
    tests: ['src/cases/import/export-changes.test.ts'],
  },
]
