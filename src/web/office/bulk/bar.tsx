import { Button, Dropdown } from 'antd'
import { useState } from 'react'
import type { BulkActionView } from '#kernel/bulk/wire.ts'
import { count } from '#web/office/parts/format.ts'
import { useListCount } from '#web/office/parts/list-export.tsx'
import { BulkDialog } from './dialog.tsx'
import type { Picks } from './picks.ts'

export interface BulkList {
  list: string
  title: string
  /** Where the list answers how many it has; null where only what is shown can be picked. */
  count: string | null
  /** Its filters and order as they stand in the address. */
  query: Record<string, string | undefined>
  /** The filters in words. */
  words: string
}

interface BulkBarProps {
  offers: BulkActionView[]
  picks: Picks
  of: BulkList
  /** The page itself acts on what was picked by hand: only the whole goes into the background. */
  isForAllOnly?: boolean
}

/** A button for each act; documents under one of their own. */
function Acts({
  offers,
  isOff,
  choose,
}: {
  offers: BulkActionView[]
  isOff: boolean
  choose: (offer: BulkActionView) => void
}) {
  const documents = offers.filter(({ issues }) => issues)
  const items = documents.map((offer) => ({ key: offer.name, label: offer.label, onClick: () => choose(offer) }))
  return (
    <>
      {offers
        .filter(({ issues }) => !issues)
        .map((offer) => (
          <Button key={offer.name} disabled={isOff} onClick={() => choose(offer)}>
            批量{offer.label}
          </Button>
        ))}
      {items.length > 0 ? (
        <Dropdown menu={{ items }} trigger={['click']} disabled={isOff}>
          <Button>批量签发文书 ▾</Button>
        </Dropdown>
      ) : null}
    </>
  )
}

/** What is picked and what can be done with it; nothing where nothing is picked. */
export function BulkBar({ offers, picks, of, isForAllOnly = false }: BulkBarProps) {
  const [chosen, setChosen] = useState<BulkActionView | null>(null)
  const isPicking = picks.ids.size > 0
  const counted = useListCount(of.count ?? '', of.query, isPicking && of.count !== null)
  if (!isPicking || offers.length === 0) return null
  const all = counted.data
  const n = picks.isAll ? (all?.count ?? 0) : picks.ids.size
  return (
    <section className="bulk-bar no-paper" aria-label="批量办理">
      <span role="status">
        {picks.isAll ? `已选全部 ${count(n)} 件符合条件的` : `已选 ${count(n)} 件`}
        {picks.isAll ? `（${of.words}）` : ''}
      </span>
      {!picks.isAll && all && !all.isMore && all.count > picks.ids.size ? (
        <Button type="link" onClick={picks.takeAll}>
          选择全部 {count(all.count)} 件符合条件的
        </Button>
      ) : null}
      <Button type="link" onClick={picks.clear}>
        取消选择
      </Button>
      <span className="bulk-acts">
        <Acts offers={isForAllOnly && !picks.isAll ? [] : offers} isOff={n === 0} choose={setChosen} />
      </span>
      {chosen ? (
        <BulkDialog
          offer={chosen}
          of={of}
          ids={picks.isAll ? undefined : [...picks.ids]}
          n={n}
          close={() => setChosen(null)}
        />
      ) : null}
    </section>
  )
}
