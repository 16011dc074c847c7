import { termNames } from '#document/glossary.ts'
import { foreignWords } from '#document/screen-words.ts'
import type { TreeFile } from './tree.ts'

// The house style as data. Each rule looks at one file and names the lines that break it; `bites` is a file that must
// be caught and `spares` one that must not, so that no rule can quietly stop working.

export interface Finding {
  line: number
  message: string
}

export interface Rule {
  name: string
  applies(path: string): boolean
  check(file: TreeFile): Finding[]
  bites: TreeFile
  spares: TreeFile
}

const CODE = /\.(ts|tsx|mjs|css)$/
const SERVER = /^src\/(?!web\/).*(?<!\.test)\.ts$/
const SOURCE = /^src\/.*(?<!\.test)\.tsx?$/
const CHAPTER = /^src\/(cases|quality|general|support)\/.*(?<!\.test)\.ts$/
const SCRIPT = /\.(ts|tsx|mjs)$/
const SELF = /^test\/tidy/

const BANNED_NAMES = /^(index|utils?|helpers?|types?|common|misc|data|info|manager|service|stuff|lib)$/

function file(path: string, text: string): TreeFile {
  return { path, text, sizeBytes: Buffer.byteLength(text) }
}

function lines(text: string): string[] {
  return text.split('\n')
}

/** A rule against a pattern in single lines. The message says what to write instead. */
function banned(
  name: string,
  pattern: RegExp,
  instead: string,
  applies: (path: string) => boolean,
  example: { path: string; bites: string; spares: string },
): Rule {
  return {
    name,
    applies: (path) => !SELF.test(path) && applies(path),
    check: ({ text }) =>
      lines(text).flatMap((line, at) => {
        const hit = pattern.exec(line)
        return hit ? [{ line: at + 1, message: `${hit[0].trim()}: ${instead}` }] : []
      }),
    bites: file(example.path, example.bites),
    spares: file(example.path, example.spares),
  }
}

const shapes: Rule[] = [
  {
    name: 'a file has at most 300 lines',
    applies: (path) => /^(src|bin)\//.test(path) && CODE.test(path),
    check: ({ text }) => {
      const count = lines(text.trimEnd()).length
      return count > 300 ? [{ line: 301, message: `${count} lines: split it by what it is about` }] : []
    },
    bites: file('src/kernel/money/posting.ts', 'line\n'.repeat(301)),
    spares: file('src/kernel/money/posting.ts', 'line\n'.repeat(300)),
  },
  {
    name: 'a line has at most 120 characters',
    // The articles stand word for word, one paragraph a line.
    applies: (path) => CODE.test(path) && path !== 'document/articles.ts',
    check: ({ text }) =>
      lines(text).flatMap((line, at) => {
        const width = [...line].length
        return width > 120 ? [{ line: at + 1, message: `${width} characters` }] : []
      }),
    bites: file('src/a.ts', `${'案'.repeat(121)}\n`),
    spares: file('src/a.ts', `${'𠮷'.repeat(120)}\n`),
  },
  {
    name: 'a file is named for the thing in it, in small letters with hyphens',
    applies: (path) => /\.(ts|tsx|mjs|css|sql)$/.test(path),
    check: ({ path }) => {
      const base = path.slice(path.lastIndexOf('/') + 1).replace(/(\.test)?\.\w+$/, '')
      if (BANNED_NAMES.test(base)) return [{ line: 1, message: `"${base}" says nothing: name the thing in it` }]
      return /^[a-z0-9]+(-[a-z0-9]+)*(\.config|\.d)?$/.test(base)
        ? []
        : [{ line: 1, message: `"${base}" is not kebab-case` }]
    },
    bites: file('src/kernel/money/utils.ts', ''),
    spares: file('src/kernel/money/posting.test.ts', ''),
  },
  {
    name: 'the folder of a kind carries its term from the glossary',
    applies: (path) => /^src\/(cases|quality|general|support)\/[^/]+\//.test(path),
    check: ({ path }) => {
      const folder = path.split('/')[2] ?? ''
      return knownTerm(folder)
        ? []
        : [{ line: 1, message: `"${folder}" is not in document/glossary.ts: add it there first` }]
    },
    bites: file('src/cases/money-stuff/posting.ts', ''),
    spares: file('src/cases/special-parties/ledger.ts', ''),
  },
  {
    name: 'no file is empty',
    applies: () => true,
    check: ({ text }) => (text.trim() === '' ? [{ line: 1, message: 'empty' }] : []),
    bites: file('src/a.ts', '\n'),
    spares: file('src/a.ts', 'export const one = 1\n'),
  },
  {
    name: 'no file is over one megabyte',
    applies: () => true,
    check: ({ sizeBytes }) => (sizeBytes > 1_000_000 ? [{ line: 1, message: `${sizeBytes} bytes` }] : []),
    bites: { path: 'test/a.xlsx', text: 'x', sizeBytes: 1_000_001 },
    spares: { path: 'test/a.xlsx', text: 'x', sizeBytes: 1_000_000 },
  },
  {
    name: 'a page of Markdown has one title',
    applies: (path) => path.endsWith('.md'),
    check: ({ text }) => {
      const titles = lines(text.replace(/^```[\s\S]*?^```/gm, '')).filter((line) => line.startsWith('# ')).length
      return titles === 1 ? [] : [{ line: 1, message: `${titles} titles` }]
    },
    bites: file('README.md', '# One\n\n# Two\n'),
    spares: file('README.md', '# One\n\n```sh\n# a comment\n```\n'),
  },
  {
    name: 'lines end clean: no tabs, no carriage returns, no trailing blanks, one newline at the end',
    applies: (path) => /\.(ts|tsx|mjs|css|sql|md|json|csv|txt)$/.test(path),
    check: ({ text }) => [
      ...lines(text).flatMap((line, at) => (/[\t\r]|\s$/.test(line) ? [{ line: at + 1, message: 'blank' }] : [])),
      ...(/[^\n]\n$/.test(text) ? [] : [{ line: lines(text).length, message: 'end of file' }]),
    ],
    bites: file('migrations/001.sql', 'select 1; \n'),
    spares: file('migrations/001.sql', 'select 1;\n'),
  },
]

const words: Rule[] = [
  {
    name: 'labels, titles and messages are Chinese',
    applies: (path) => SERVER.test(path),
    check: ({ text }) =>
      lines(text).flatMap((line, at) => {
        const said = /\b(?:label|title|help|message|next): '([^']*)'/.exec(line)?.[1] ?? ''
        return foreignWords(said).map((word) => ({ line: at + 1, message: `${word}: the word a court says` }))
      }),
    bites: file('src/cases/case/case.ts', "label: 'Submit',\n"),
    spares: file('src/cases/case/case.ts', "label: '{name}提交初审（PDF）',\n"),
  },
  banned('no work is left lying', /\b(TODO|FIXME|XXX|HACK)\b/, 'do it, or open an issue', (path) => CODE.test(path), {
    path: 'src/a.ts',
    bites: '// TODO later\n',
    spares: '// later\n',
  }),
  banned(
    'types are not talked away',
    /\bas any\b|@ts-(ignore|nocheck|expect-error)/,
    'model the type',
    (p) => SCRIPT.test(p),
    {
      path: 'src/a.ts',
      bites: 'const a = b as any\n',
      spares: 'const a = b as Row\n',
    },
  ),
  banned(
    'the product has no any, excused or not',
    /biome-ignore lint\/suspicious\/noExplicitAny/,
    'model the type',
    (path) => SOURCE.test(path),
    { path: 'src/a.ts', bites: '// biome-ignore lint/suspicious/noExplicitAny: x\n', spares: '// any\n' },
  ),
  banned(
    'no test is switched off or singled out',
    /\b(test|it|describe|suite)\.(only|skip|todo)\b|\{ (skip|only|todo): true|\.skip\(/,
    'a test runs or does not exist',
    (path) => path.endsWith('.test.ts'),
    { path: 'test/a.test.ts', bites: "test.only('a', run)\n", spares: "test('a', run)\n" },
  ),
  banned(
    'time comes from the injected Time',
    /\bDate\.now\(\)|\bnew Date\(\)/,
    'take a Time (#kernel/time/time.ts)',
    (path) => SERVER.test(path) && !path.startsWith('src/kernel/time/'),
    { path: 'src/kernel/a.ts', bites: 'const at = new Date()\n', spares: 'const at = time.now()\n' },
  ),
  banned('chance is injected', /\bMath\.random\b/, 'node:crypto, or a given generator', (path) => SOURCE.test(path), {
    path: 'src/a.ts',
    bites: 'Math.random()\n',
    spares: 'randomUUID()\n',
  }),
  banned(
    'the environment is read at the edge',
    /\bprocess\.env\b/,
    'read it in bin/ or src/main.ts and pass the value on',
    (path) => SERVER.test(path) && path !== 'src/main.ts',
    { path: 'src/kernel/a.ts', bites: 'process.env.PORT\n', spares: 'settings.port\n' },
  ),
  banned(
    'the server does not print',
    /\bconsole\.\w+\(/,
    'use the logger',
    (path) => SOURCE.test(path) && path !== 'src/main.ts',
    {
      path: 'src/a.ts',
      bites: "console.log('a')\n",
      spares: "log.info('a')\n",
    },
  ),
  banned(
    'no enums',
    /^\s*(export\s+)?(const\s+)?enum\s/,
    'a union of strings, or a const array',
    (p) => SCRIPT.test(p),
    {
      path: 'src/a.ts',
      bites: 'export enum State { open }\n',
      spares: "export type State = 'open'\n",
    },
  ),
  banned(
    'no second calendar',
    /from 'moment|from 'luxon|from 'date-fns/,
    '#kernel/time, #kernel/calendar',
    (p) => SCRIPT.test(p),
    {
      path: 'src/a.ts',
      bites: "import moment from 'moment'\n",
      spares: "import { dateOf } from '#kernel/time/time.ts'\n",
    },
  ),
  banned(
    'a lock lets foreign keys through',
    /\bfor update\b/,
    'for no key update: whoever only refers to the row would wait for the lock, and two may wait for each other',
    (path) => SERVER.test(path),
    { path: 'src/kernel/a.ts', bites: 'sql`select for update`\n', spares: 'sql`select for no key update`\n' },
  ),
  banned(
    'a chapter refuses in the words of the catalogue',
    /\bthrow new (Error|TypeError|RangeError)\b/,
    'refuse with a problem of #kernel/problem',
    (path) => CHAPTER.test(path),
    { path: 'src/cases/case/close.ts', bites: "throw new Error('no')\n", spares: "throw refuse('case-closed')\n" },
  ),
  banned(
    'no keys or tokens',
    /-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_\w{30,}|\bnpm_\w{30,}|\bxox[bp]-\w+/,
    'take it out of the repository, and out of use',
    () => true,
    { path: 'rules/a.json', bites: `AKIA${'A'.repeat(16)}\n`, spares: 'key\n' },
  ),
  banned(
    'no host of a package registry',
    /registry\.(npmjs|yarnpkg|npmmirror)\.|npmmirror\.com|(deb|security)\.debian\.org|mirrors\.[a-z]+\.(com|cn|edu)/,
    "the machine's own settings name it",
    () => true,
    { path: 'bin/a.ts', bites: 'https://registry.npmjs.org\n', spares: 'npm ci\n' },
  ),
]

export const rules: readonly Rule[] = [...shapes, ...words]

function knownTerm(name: string): boolean {
  return [name, name.replace(/s$/, ''), name.replace(/ies$/, 'y')].some((term) => termNames.has(term))
}
