import { loadClockedCases } from '#cases/node-watch/case-clock-store.ts'
import { type ClockedCase, clocksOfCase } from '#cases/node-watch/case-clocks.ts'
import type { Session } from '#kernel/matter/acting.ts'
import type { FieldValue } from '#kernel/matter/field.ts'
import type { Thing } from '#kernel/matter/matter.ts'

const TERM = '执行期限'

/** What an extension of the term would make of it: the last day as it stands, and as it would be if granted today. */
export async function previewExtension(
  session: Session,
  thing: Thing,
  answers: Readonly<Record<string, FieldValue>>,
): Promise<{ label: string; value: string }[]> {
  const [one] = await loadClockedCases(session.tx, thing.courtId, [thing.id])
  if (!one) return []
  const granted = {
    clock: TERM,
    on: session.on,
    n: Number(answers.months),
    unit: 'month',
    ground: String(answers.reason),
    approvedBy: session.actor.name,
  } as const
  const dueOf = (extensions: ClockedCase['extensions']) => {
    const clocks = clocksOfCase({ ...one, extensions }, session.services.law.now(), session.on)
    return clocks.find(({ name }) => name === TERM)?.due.dueOn ?? '尚不能计算'
  }
  const due = dueOf(one.extensions)
  const earlier = one.extensions.filter(({ clock }) => clock === TERM).length
  return [
    // It should have been asked for before (期限规定第一条); whether it is granted all the same the president decides.
    { label: '现届满日', value: due < session.on ? `${due}（已届满）` : due },
    { label: '批准后届满日', value: dueOf([...one.extensions, granted]) },
    ...(earlier > 0 ? [{ label: '此前已延长', value: `${earlier}次；再次延长的，层报高级人民法院备案` }] : []),
  ]
}
