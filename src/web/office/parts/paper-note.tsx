import { useMe } from '#web/office/session.ts'
import { count } from './format.ts'

/** On paper: whose list this is, by which conditions, who printed it and when. */
export function PaperNote({ words, shown, more }: { words: string; shown: number; more: boolean }) {
  const me = useMe().data
  if (!me) return null
  return (
    <p className="paper-only paper-note">
      {me.court.name} · 条件：{words} · {more ? `前 ${count(shown)} 条（未印完）` : `共 ${count(shown)} 条`} ·{' '}
      {me.person.name} {me.today} 打印，仅限办案使用
    </p>
  )
}
