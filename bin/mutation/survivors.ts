// Mutants that no test notices, and why that is right: as `npm run mutate` prints them, `original → replacement`;
// … stands for what is between a beginning and an end.

export interface Survivor {
  file: string
  mutant: string
  why: string
}

const NULL_IS_LESS = 'null compared with a day is false in either direction; the check is there for the types'

const NAMED_SPEAKS =
  'a day that is named has a rung that has passed or is to come; the question mark is there for the types'

const NO_ENTRY = 'to write no entry leaves the record as it is; the question spares a lock'

const FOUND_BY_IT = 'the kind was looked for by this very act; the question mark is there for the types'
const CUT_TO_LENGTH = 'a file that is cut to its own length stays as it is'

const SORTED = 'Node lists a folder in this order by itself; the sort does not rely on it'
const FILTERED = 'a name that no filter lets pass is as good as none'
const NO_LINKS =
  'only a file system without hard links fails otherwise; the file that is then missing fails the next line'

const documented = (file: string, words: string): Survivor => ({
  file,
  mutant: `${words} → ${words.startsWith('[') ? '[]' : '""'}`,
  why: 'words of the documentation; the derived files hold them',
})

export const SURVIVORS: readonly Survivor[] = [
  { file: 'clock-rule/due.ts', mutant: 'one.toOn !== null → true', why: NULL_IS_LESS },
  { file: 'clock-rule/due.ts', mutant: 'last.toOn !== null → true', why: NULL_IS_LESS },
  {
    file: 'clock-rule/due.ts',
    mutant: 'b === null → false',
    why: `${NULL_IS_LESS}: then b, which is null, is returned`,
  },
  { file: 'clock-rule/due.ts', mutant: 'a > b → a >= b', why: 'of two equal days either is the later' },
  {
    file: 'clock-rule/rungs.ts',
    mutant: 'REMINDERS.find(…=> reminder.fits(rule)).daysBefore',
    why: 'the last reminder fits every rule; the question mark is there for the types',
  },
  {
    file: 'clock-rule/store.ts',
    mutant: '[] → ["Stryker was here"]',
    why: 'a word in the place of a suspension has no dates and suspends nothing',
  },
  { file: 'clock-rule/store.ts', mutant: '\'day\' → ""', why: 'every unit but the month counts by its own number' },
  { file: 'clock-rule/store.ts', mutant: 'rung?.name → rung.name', why: NAMED_SPEAKS },
  { file: 'clock-rule/store.ts', mutant: 'rung?.at → rung.at', why: NAMED_SPEAKS },
  { file: 'clock-rule/store.ts', mutant: 'due_on !== null → true', why: NULL_IS_LESS },
  { file: 'clock-rule/store.ts', mutant: 'counted.dueOn !== null → true', why: NULL_IS_LESS },
  {
    file: 'clock-rule/worker.ts',
    mutant: '[] → ["Stryker was here"]',
    why: 'which courts are seen is set anew by the first statement',
  },
  { file: 'clock-rule/worker.ts', mutant: 'session.audit.length > 0 → true', why: NO_ENTRY },
  { file: 'clock-rule/worker.ts', mutant: 'session.audit.length > 0 → session.audit.length >= 0', why: NO_ENTRY },
  ...['true', 'false', 'a.fromOn >= b.fromOn', 'a.fromOn <= b.fromOn'].map((put) => ({
    file: 'clock-rule/due.ts',
    mutant: `a.fromOn > b.fromOn → ${put}`,
    why: 'the sort asks only which of two begins before the other',
  })),
  { file: 'clock-rule/rungs.ts', mutant: '[] → ["Stryker was here"]', why: 'the last reminder fits every rule' },
  {
    file: 'clock-rule/rungs.ts',
    mutant: 'at.getTime() > now.getTime() → at.getTime() >= now.getTime()',
    why: 'a rung of this very instant has passed, and what has passed was looked at before',
  },
  { file: 'clock-rule/worker.ts', mutant: 'about?.kind → about.kind', why: 'a stored clock is never removed' },
  ...["['day', 'working-day', 'month']", "'day'", "'working-day'", "'month'", "['V', 'M', 'C']", "'V'", "'M'", "'C'"]
    .concat("'期限规则'", "['4', '17']", "'4'", "'17'")
    .map((words) => documented('clock-rule/rule-routes.ts', words)),
  {
    file: 'clock-rule/rule-store.ts',
    mutant: '[] → ["Stryker was here"]',
    why: 'rules and calendar are of no court: which courts are seen does not matter',
  },
  {
    file: 'clock-rule/rule-store.ts',
    mutant: 'turn < shown → turn <= shown',
    why: 'each reading has a number of its own',
  },
  { file: 'audit/verbs.ts', mutant: '(own ?? kinds.find(…actions[name].label', why: FOUND_BY_IT },
  { file: 'audit/verify.ts', mutant: '[] → ["Stryker was here"]', why: 'what names no court is left out' },
  { file: 'audit/verify.ts', mutant: 'one > other → one >= other', why: 'of two equal numbers either is the greater' },
  { file: 'audit/audit.ts', mutant: '[entered, headed] → []', why: 'what was sent is heard of at the commit' },
  { file: 'audit/audit.ts', mutant: 'head → false', why: 'a head that is there is asked for once more' },
  ...["'操作记录'", "['34']", "'34'", "'核验操作记录是否完整'"].map((words) =>
    documented('audit/audit-routes.ts', words),
  ),
  {
    file: 'audit/audit-routes.ts',
    mutant: 'page.at(-1)?.seq → page.at(-1).seq',
    why: 'a page that another follows is not empty; the question mark is there for the types',
  },
  { file: 'audit/checkpoint-keeper.ts', mutant: '\'\' → "Stryker was here!"', why: 'a place has a folder at least' },
  {
    file: 'audit/checkpoint-keeper.ts',
    mutant: '[] → ["Stryker was here"]',
    why: 'which courts are seen is set anew by the first statement',
  },
  {
    file: 'audit/checkpoint-keeper.ts',
    mutant: '() => file.sync() → () => undefined',
    why: 'only a machine that loses its power tells what had reached the disk',
  },
  { file: 'audit/checkpoint-keeper.ts', mutant: 'whole < bytes.length → true', why: CUT_TO_LENGTH },
  { file: 'audit/checkpoint-keeper.ts', mutant: 'whole < bytes.length → whole <= bytes.length', why: CUT_TO_LENGTH },
  {
    file: 'audit/checkpoint-keeper.ts',
    mutant: 'head.seq > before.seq → head.seq >= before.seq',
    why: 'only heads that moved are asked about',
  },
  { file: 'audit/chain.ts', mutant: '\'utf8\' → ""', why: 'Node reads text as UTF-8 where no encoding is named' },
  {
    file: 'audit/checkpoint-signature.ts',
    mutant: "(await readdir(folder)….filter(name => name.endsWith('.pub'))",
    why: SORTED,
  },
  { file: 'audit/checkpoint-signature.ts', mutant: '[] → ["Stryker was here"]', why: FILTERED },
  {
    file: 'audit/checkpoint-signer.ts',
    mutant: "{ if (error.code !== 'EEXIST') throw error } → {}",
    why: NO_LINKS,
  },
  { file: 'audit/checkpoint-signer.ts', mutant: "error.code !== 'EEXIST' → false", why: NO_LINKS },
  {
    file: 'audit/checkpoint.ts',
    mutant: '(await readdir(folder)….filter(name => /^\\d{4}-\\d{2}\\.jsonl$/.test(name))',
    why: SORTED,
  },
  { file: 'audit/checkpoint.ts', mutant: '[] → ["Stryker was here"]', why: FILTERED },
]
