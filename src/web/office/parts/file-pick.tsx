import { Button } from 'antd'
import { type RefObject, useState } from 'react'

interface FilePickProps {
  id: string
  label: string
  accept?: string
  chooser: RefObject<HTMLInputElement | null>
  onPick: (name: string) => void
}

/** Chooses one file. The browser's own control speaks the browser's language, so only its button is ours. */
export function FilePick({ id, label, accept, chooser, onPick }: FilePickProps) {
  const [name, setName] = useState('')
  return (
    <div className="stack">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        ref={chooser}
        className="unseen"
        tabIndex={-1}
        type="file"
        accept={accept}
        onChange={(event) => {
          const picked = event.target.files?.[0]?.name ?? ''
          setName(picked)
          onPick(picked)
        }}
      />
      <div className="inline">
        <Button onClick={() => chooser.current?.click()}>选择文件</Button>
        <span className={name ? 'file-name' : 'soft file-name'}>{name || '未选择文件'}</span>
      </div>
    </div>
  )
}
