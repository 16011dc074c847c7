import { Word } from '#web/office/parts/page-head.tsx'

const SIGNS: Record<string, [sign: string, tone: string]> = {
  红: ['▲', 'danger'],
  橙: ['▲', 'warn'],
  黄: ['△', 'rest'],
}

/** The level of a warning as a word with its sign. */
export function SeverityWord({ severity }: { severity: string }) {
  const [sign, tone] = SIGNS[severity] ?? ['△', 'rest']
  return (
    <Word tone={tone}>
      {sign} {severity}
    </Word>
  )
}
