import { App, Button, Input, Select } from 'antd'
import { useState } from 'react'
import type { AttachmentView, ThingView } from '#kernel/matter/wire.ts'
import { write } from '#web/office/api.ts'
import { RefusalNote } from '#web/office/parts/condition.tsx'
import { Dialog } from '#web/office/parts/dialog.tsx'
import { FilePick } from '#web/office/parts/file-pick.tsx'
import { moment } from '#web/office/parts/format.ts'
import { useFilters } from '#web/office/session.ts'
import { useSubmission } from '#web/office/submission.ts'

function size(bytes: number): string {
  if (bytes < 1024) return `${bytes} 字节`
  const kilo = bytes / 1024
  return kilo < 1024 ? `${kilo.toFixed(0)} 千字节` : `${(kilo / 1024).toFixed(1)} 兆字节`
}

const ACCEPTED = '.pdf,.doc,.docx,.xls,.xlsx,image/*'

/** More places than that are chosen from a list. */
const BUTTONS_MOST = 4

type Slot = ThingView['mayAttach'][number]

function UploadDialog({ slot, base, close }: { slot: Slot; base: string; close: () => void }) {
  const [shelfMark, setShelfMark] = useState('')
  const [file, setFile] = useState<File | null>(null)
  const { message } = App.useApp()
  const upload = useSubmission<FormData, AttachmentView>(
    (body, key) => write('POST', `${base}/attachments`, body, key),
    () => {
      void message.success(`${slot.label}已添加`)
      close()
    },
  )
  const send = () => {
    if (!file || upload.isPending) return
    const body = new FormData()
    body.set('document', slot.name)
    if (shelfMark.trim()) body.set('shelfMark', shelfMark.trim())
    body.set('file', file)
    upload.mutate(body)
  }
  return (
    <Dialog
      title={`添加${slot.label}`}
      onCancel={close}
      onOk={send}
      okText="添加"
      okButtonProps={{ loading: upload.isPending, disabled: file === null }}
    >
      <RefusalNote error={upload.error} />
      <div className="stack">
        <FilePick id="paper-file" label="文件（PDF、Word、Excel 或图片）" accept={ACCEPTED} photo onPick={setFile} />
        {slot.paperKept ? (
          <>
            <label htmlFor="shelf-mark">纸质原件存放位置（卷宗柜架号）</label>
            <Input
              id="shelf-mark"
              value={shelfMark}
              maxLength={60}
              onChange={(event) => setShelfMark(event.target.value)}
            />
          </>
        ) : null}
      </div>
    </Dialog>
  )
}

/**
 * A thing's papers and the places where this reader may add some. `base` is the thing's address under /api; `?paper=`
 * in
 * the address of the page opens the place of that label.
 */
export function Papers({ papers, slots, base }: { papers: AttachmentView[]; slots: Slot[]; base: string }) {
  const [{ paper: asked }, change] = useFilters()
  const [chosen, setChosen] = useState<Slot | null>(null)
  const slot = chosen ?? slots.find(({ label }) => label === asked)
  const close = () => {
    setChosen(null)
    if (asked) change({ paper: undefined })
  }
  return (
    <>
      {papers.length === 0 && slots.length === 0 ? <p className="soft">没有文书材料。</p> : null}
      {papers.length === 0 && slots.length > 0 ? <p className="soft">尚未添加文书材料。</p> : null}
      <ul className="papers">
        {papers.map((paper) => (
          <li key={paper.id}>
            <a href={`/api/${base}/attachments/${paper.id}`} target="_blank" rel="noreferrer">
              {paper.name}
            </a>
            <span className="soft">
              {paper.document} · {paper.by} {moment(paper.at)} · {size(paper.sizeBytes)}
              {paper.shelfMark ? ` · 原件存 ${paper.shelfMark}` : ''}
            </span>
          </li>
        ))}
      </ul>
      <div className="act-bar no-paper">
        {slots.length > BUTTONS_MOST ? (
          <Select
            className="filter"
            aria-label="添加文书"
            placeholder="添加文书…"
            popupMatchSelectWidth={false}
            value={null}
            onChange={(name: string | null) => setChosen(slots.find((each) => each.name === name) ?? null)}
            options={slots.map(({ name, label }) => ({ value: name, label }))}
          />
        ) : (
          slots.map((each) => (
            <Button key={each.name} onClick={() => setChosen(each)}>
              添加{each.label}
            </Button>
          ))
        )}
      </div>
      {slot ? <UploadDialog slot={slot} base={base} close={close} /> : null}
    </>
  )
}
