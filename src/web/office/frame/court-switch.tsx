import { Select } from 'antd'
import type { MeView } from '#kernel/organisation/wire.ts'
import { useFilters } from '#web/office/session.ts'

/** 本院, 全辖区 or one court: the choice stands in the address and follows through the menu. */
export function CourtSwitch({ me }: { me: MeView }) {
  const [{ scope }, change] = useFilters()
  if (me.courts.length < 2) return <span className="court-name">{me.court.name}</span>
  const options = [
    { value: 'own', label: `本院（${me.court.name}）` },
    { value: 'subtree', label: '全辖区' },
    ...me.courts.filter(({ id }) => id !== me.court.id).map(({ code, name }) => ({ value: code, label: name })),
  ]
  return (
    <Select
      className="court-switch"
      aria-label="法院范围"
      value={scope ?? 'own'}
      options={options}
      popupMatchSelectWidth={false}
      onChange={(value) => change({ scope: value === 'own' ? undefined : value })}
    />
  )
}
