import type { FactName } from '#cases/case/fact-names.ts'

// What serving a document starts or ends in its case: the dated facts that follow from it. Which clocks run from a fact
// and which end with it stands in node-watch/nodes.ts.

export interface ServiceEffect {
  /** The form of the document. */
  form: string
  /** Who must be served: the side of the case. */
  side: '申请执行人' | '被执行人'
  /** 'sent': it first goes out, by whichever way. 'served': it counts as served. */
  event: 'sent' | 'served'
  /**
   * Of several receivers on that side: the first one's day, or the last one's when none is left. Who is handed over
   * after the others were served is one of them, so that the order in which tasks are opened decides nothing.
   */
  counts: 'first' | 'last'
  fact: FactName
  source: string
}

const effect = (
  [form, side]: [form: string, side: ServiceEffect['side']],
  event: ServiceEffect['event'],
  fact: FactName,
  source: string,
): ServiceEffect => ({ form, side, event, counts: event === 'sent' ? 'first' : 'last', fact, source })

const NOTICE: [string, ServiceEffect['side']] = ['execution-notice', '被执行人']
const DISCLOSURE: [string, ServiceEffect['side']] = ['disclosure-order', '被执行人']

export const SERVICE_EFFECTS: readonly ServiceEffect[] = [
  effect(NOTICE, 'sent', 'notice-sent', '民事诉讼法第二百五十一条；民事诉讼法解释第四百八十条'),
  effect(NOTICE, 'served', 'notice-served', '民事诉讼法第二百五十一条'),
  effect(DISCLOSURE, 'sent', 'disclosure-ordered', '财产调查规定第三条'),
  effect(DISCLOSURE, 'served', 'disclosure-served', '财产调查规定第四条、第五条'),
  effect(['termination-ruling', '申请执行人'], 'served', 'termination-ruling-served', '终本规定第六条'),
]

/** The days of a public notice are not counted in this limit of the case. */
export const NOTICE_EXCLUSION = { clock: '执行期限', source: '审限规定第九条' } as const
