import { z } from 'zod'
import type { Row } from '#kernel/database/database.ts'
import { allOf, identifier, join, sql } from '#kernel/database/sql.ts'
import { pageOf, readCursor } from '#kernel/http/page.ts'
import { type Call, type Route, route } from '#kernel/http/route.ts'
import type { Thing } from '#kernel/matter/matter.ts'
import { readable } from '#kernel/matter/readable.ts'
import type { On } from '#kernel/time/time.ts'
import { SPECIAL_CATEGORIES } from '#rules/special-parties.ts'
import { FIGURE_NAMES, FIGURES } from './report-lines.ts'
import { monthStartOf } from './report-month.ts'
import { specialParty } from './special-party.ts'
import { REPORT_READERS, specialReport } from './special-report.ts'
import { type ReportEntry, type ReportFigures, reportEntries, reportFigures } from './wire.ts'

const ALL = '合计'
const idParam = z.strictObject({ id: z.uuid('编号格式有误') })
const entryQuery = z.strictObject({
  figure: z.enum(FIGURE_NAMES),
  category: z.enum(SPECIAL_CATEGORIES).optional(),
  after: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

/** The figures of a month and the cases behind each of them (第十九条). */
export function specialReportRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/special-reports/:id/figures',
      summary: '特殊主体月报：统计数字',
      articles: ['19', '32'],
      access: REPORT_READERS,
      perThing: true,
      params: idParam,
      reply: reportFigures,
      handle: async (call) => figuresOf(call, await readable(call, specialReport, call.params.id)),
    }),
    route({
      method: 'GET',
      path: '/special-reports/:id/entries',
      summary: '特殊主体月报：数字对应的案件',
      articles: ['19', '32'],
      access: REPORT_READERS,
      perThing: true,
      params: idParam,
      query: entryQuery,
      reply: reportEntries,
      handle: async (call) => entriesOf(call, await readable(call, specialReport, call.params.id)),
    }),
  ]
}

interface Counted extends Row {
  category: string | null
  /** Not `cleared_fen`: that is the 涉案金额 of the figure `cleared`. */
  cleared_sum: string
}

/**
 * In a category each line counts. A case may stand in several categories: in 合计 it counts once in each figure, and its
 * amount once.
 */
async function figuresOf({ tx }: Pick<Call<unknown, unknown, unknown>, 'tx'>, thing: Thing): Promise<ReportFigures> {
  const once = FIGURE_NAMES.map((name) => {
    const { lines } = FIGURES[name]
    const fen = sql`max(amount_fen) filter (where ${lines}) as ${identifier(`${name}_fen`)}`
    return sql`bool_or(${lines}) as ${identifier(name)}, ${fen}`
  })
  const counted = FIGURE_NAMES.map((name) => {
    const fen = identifier(`${name}_fen`)
    return sql`(count(*) filter (where ${identifier(name)}))::int as ${identifier(name)},
      coalesce(sum(${fen}), 0)::text as ${fen}`
  })
  const rows = await tx.query<Counted>(sql`
    select category, coalesce(sum(cleared_sum), 0)::text as cleared_sum, ${join(counted)}
    from (
      select category, max(cleared_fen) as cleared_sum, ${join(once)}
      from special_report_line where court_id = ${thing.courtId} and report_id = ${thing.id}
      group by grouping sets ((category, entry_id), (case_id))) one
    group by category`)
  const byCategory = new Map(rows.map((row) => [row.category ?? ALL, row]))
  const monthEndOn = thing.values.monthEndOn as On
  return {
    monthStartOn: monthStartOf(monthEndOn),
    monthEndOn,
    isFrozen: thing.state === 'confirmed',
    rows: [...SPECIAL_CATEGORIES, ALL].map((category) => rowOf(category, byCategory.get(category))),
    meanings: MEANINGS,
  }
}

function rowOf(category: string, row: Counted | undefined): ReportFigures['rows'][number] {
  const n = (name: string) => Number(row?.[name] ?? 0)
  return {
    category,
    figures: FIGURE_NAMES.map((name) => ({
      name,
      label: FIGURES[name].label,
      n: n(name),
      amountFen: String(row?.[`${name}_fen`] ?? '0'),
    })),
    clearedFen: row?.cleared_sum ?? '0',
    rate: { numerator: n('cleared'), denominator: n('base'), percent: percentOf(n('cleared'), n('base')) },
  }
}

/** Two places, rounded half up in whole numbers. */
export function percentOf(numerator: number, denominator: number): string | null {
  if (denominator === 0) return null
  const hundredths = Math.floor((numerator * 20_000 + denominator) / (2 * denominator))
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`
}

const MEANINGS: ReportFigures['meanings'] = [
  { label: '月初在账', meaning: '列入日期早于本月、至本月初尚未离账的案件' },
  { label: '本月新增', meaning: '列入日期在本月的案件（以指挥中心确认列入之日为准）' },
  { label: '本月清理', meaning: '本月经指挥中心主任核定清理的案件（以核定之日为准）' },
  { label: '本月移出', meaning: '本月经执行局长批准移出台账的案件' },
  { label: '月末在账', meaning: '月初在账加本月新增，减本月清理、本月移出' },
  { label: '应清理', meaning: '月初在账加本月新增，减本月移出' },
  { label: '清理率', meaning: '本月清理件数除以应清理件数（本院设置）' },
  { label: '金额', meaning: '案件的涉案金额之和；清理金额为核定清理时登记的金额之和' },
  {
    label: '合计',
    meaning:
      '同一案件列入几个类别的，每个数字中只计一件，金额只计一次（不一致的取最高），清理率同此；各类别去向不同的，分别计入相应数字；清单按类别各列一行',
  },
]

type EntryCall = Call<unknown, z.infer<typeof entryQuery>, unknown>

async function entriesOf({ tx, query }: EntryCall, thing: Thing): Promise<z.infer<typeof reportEntries>> {
  const cursor = readCursor(query.after)
  const rows = await tx.query<Row>(sql`
    select * from special_report_line
    where ${allOf([
      sql`court_id = ${thing.courtId} and report_id = ${thing.id}`,
      FIGURES[query.figure].lines,
      query.category !== undefined && sql`category = ${query.category}`,
      cursor && sql`(number, entry_id) > (${cursor.key}, ${cursor.id}::uuid)`,
    ])}
    order by number, entry_id limit ${query.limit + 1}`)
  const { page, next } = pageOf(rows, query.limit, (row) => ({
    key: row.number as string,
    id: row.entry_id as string,
  }))
  return { items: page.map(entryOf), next }
}

function entryOf(row: Row): ReportEntry {
  const outcome = row.outcome as string | null
  return {
    entryId: row.entry_id as string,
    caseId: row.case_id as string,
    number: row.number as string,
    caseNumber: row.case_number as string,
    category: row.category as string,
    party: row.party as string,
    holder: row.holder_name as string | null,
    listedOn: row.listed_on as On,
    leftOn: row.left_on as On | null,
    outcome: outcome === null ? null : (specialParty.states[outcome] ?? outcome),
    amountFen: String(row.amount_fen),
    clearedFen: String(row.cleared_fen),
  }
}
