import { useQuery } from '@tanstack/react-query'
import { Button, Input, Popover } from 'antd'
import { useState } from 'react'
import { address, read, write } from '#web/office/api.ts'
import { useFilters } from '#web/office/session.ts'
import { useSubmission } from '#web/office/submission.ts'
import type { ShownColumns } from './columns.ts'
import { RefusalNote } from './condition.tsx'
import { Icon } from './icon.tsx'

// 常用筛选: filters that a person keeps under a name of his own.

interface SavedView {
  id: string
  name: string
  query: Record<string, string>
  columns: string[]
}

function useViews(list: string) {
  return useQuery({
    queryKey: ['saved-views', list],
    queryFn: async ({ signal }) => (await read<{ items: SavedView[] }>(address('saved-views', { list }), signal)).items,
  })
}

function SaveView({ list, query, columns }: Omit<SavedView, 'id' | 'name'> & { list: string }) {
  const [name, setName] = useState('')
  const save = useSubmission<object, unknown>(
    (body, key) => write('PUT', 'saved-views', body, key),
    () => setName(''),
  )
  const send = () => {
    if (name.trim() !== '' && !save.isPending) save.mutate({ list, name: name.trim(), query, columns })
  }
  return (
    <div className="stack">
      <RefusalNote error={save.error} />
      <label htmlFor="view-name">把当前条件{columns.length > 0 ? '和显示的列' : ''}存为</label>
      <div className="inline">
        <Input
          id="view-name"
          value={name}
          maxLength={40}
          placeholder="如：我的超期案件"
          onChange={(event) => setName(event.target.value)}
          onPressEnter={send}
        />
        <Button disabled={name.trim() === ''} loading={save.isPending} onClick={send}>
          保存
        </Button>
      </div>
    </div>
  )
}

function ViewList({ list, shown, leave }: { list: string; shown: ShownColumns | null; leave: () => void }) {
  const [filters, change] = useFilters()
  const views = useViews(list).data ?? []
  const drop = useSubmission<string, unknown>((id, key) => write('DELETE', `saved-views/${id}`, undefined, key))
  const { tab: _, columns: __, ...query } = filters
  const columns = shown?.isChosen ? shown.keys : []
  const apply = (view: SavedView) => {
    const cleared = Object.fromEntries(Object.keys(filters).map((name) => [name, undefined]))
    change({ ...cleared, ...view.query, columns: view.columns.join() || undefined })
    leave()
  }
  return (
    <div className="saved-views">
      {views.length === 0 ? <p className="soft">尚未保存。先设好条件，再起一个名称保存。</p> : null}
      <ul>
        {views.map((view) => (
          <li key={view.id}>
            <button type="button" className="text-button" onClick={() => apply(view)}>
              {view.name}
            </button>
            <Button
              type="text"
              size="small"
              aria-label={`删除常用筛选“${view.name}”`}
              icon={<Icon name="close" size={14} />}
              onClick={() => drop.mutate(view.id)}
            />
          </li>
        ))}
      </ul>
      {Object.keys(query).length + columns.length > 0 ? <SaveView list={list} query={query} columns={columns} /> : null}
    </div>
  )
}

/** The reader's own filters and columns for a list: choose, save, delete. */
export function SavedViews({ list, shown }: { list: string; shown: ShownColumns | null }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={isOpen}
      onOpenChange={setOpen}
      title="常用筛选"
      content={isOpen ? <ViewList list={list} shown={shown} leave={() => setOpen(false)} /> : null}
    >
      <button
        type="button"
        className="text-button"
        aria-expanded={isOpen}
        onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}
      >
        常用筛选
      </button>
    </Popover>
  )
}
