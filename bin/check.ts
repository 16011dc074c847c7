import { runChecks } from './check/checks.ts'

// npm run check: types, style and format, dead code, definitions and derived files, import rules. Needs no browser.

const { passed, failed } = await runChecks({ rules: true })
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
