import type { ListColumn } from '#kernel/lists/list.ts'
import type { CaseRow } from './wire.ts'

// The columns of the case list. Those that a line does not carry by itself are read only where they are asked for.

/** Column of the list → column of the table, for what a line carries only when asked. */
export const ASKED_COLUMNS: Readonly<Record<string, string>> = {
  basisNumber: 'basis_number',
  arrived: 'arrived_fen',
  closedOn: 'closed_on',
  closingWay: 'closing_way',
  remark: 'remark',
}

type Show = ListColumn<CaseRow>['shown']

function text(
  key: string,
  label: string,
  width: number,
  shown: Show,
  value: (row: CaseRow) => string | null | undefined,
): ListColumn<CaseRow> {
  return { key, label, type: 'text', width, shown, value: (row) => value(row) ?? null }
}

function money(key: string, label: string, shown: Show, value: (row: CaseRow) => string | null | undefined) {
  return { key, label, type: 'money', width: 18, shown, value: (row) => value(row) ?? null } as ListColumn<CaseRow>
}

export const CASE_COLUMNS: readonly ListColumn<CaseRow>[] = [
  text('caseNumber', '案号', 24, true, (row) => row.caseNumber),
  text('court', '法院', 24, 'wide', (row) => row.courtName),
  text('creditors', '申请执行人', 30, true, (row) => row.creditors),
  text('debtors', '被执行人', 30, true, (row) => row.debtors),
  money('amount', '标的额（元）', true, (row) => row.amountFen),
  text('judge', '承办', 10, true, (row) => row.judge),
  text('filedOn', '立案日期', 12, true, (row) => row.filedOn),
  text('state', '状态', 8, true, (row) => row.stateLabel),
  text('warnings', '预警', 8, true, (row) => (row.warningsOpen > 0 ? String(row.warningsOpen) : null)),
  text('next', '最近节点', 20, true, (row) => row.nextNode?.name),
  text('nextDue', '届满日', 12, false, (row) => row.nextNode?.dueOn),
  text('kind', '案件类型', 12, false, (row) => row.kind),
  text('track', '繁简', 8, false, (row) => row.track),
  text('cause', '案由', 24, false, (row) => row.cause),
  text('team', '承办团队', 14, false, (row) => row.team),
  text('toCorrect', '需补正', 30, false, (row) => row.toCorrect.join('、') || null),
  text('basisNumber', '执行依据文号', 28, false, (row) => row.basisNumber),
  money('arrived', '到账金额（元）', false, (row) => row.arrivedFen),
  text('closedOn', '结案日期', 12, false, (row) => row.closedOn),
  text('closingWay', '结案方式', 16, false, (row) => row.closingWay),
  text('remark', '备注', 40, false, (row) => row.remark),
]
