import { Button } from 'antd'
import { useRef, useState } from 'react'

interface FilePickProps {
  id: string
  label: string
  accept?: string
  /** Offers the camera of a phone as well. */
  photo?: boolean
  onPick: (file: File | null) => void
}

/** Chooses one file. The browser's own control speaks the browser's language, so only its button is ours. */
export function FilePick({ id, label, accept, photo, onPick }: FilePickProps) {
  const [name, setName] = useState('')
  const file = useRef<HTMLInputElement>(null)
  const camera = useRef<HTMLInputElement>(null)
  const pick = (input: HTMLInputElement) => {
    const picked = input.files?.[0] ?? null
    setName(picked?.name ?? '')
    onPick(picked)
  }
  const hidden = { className: 'unseen', tabIndex: -1, type: 'file' }
  return (
    <div className="stack">
      <label htmlFor={id}>{label}</label>
      <input {...hidden} id={id} ref={file} accept={accept} onChange={(event) => pick(event.target)} />
      {photo ? (
        <input
          {...hidden}
          ref={camera}
          aria-label="拍照"
          accept="image/*"
          capture="environment"
          onChange={(event) => pick(event.target)}
        />
      ) : null}
      <div className="inline">
        {photo ? (
          <Button className="narrow-only" onClick={() => camera.current?.click()}>
            拍照
          </Button>
        ) : null}
        <Button onClick={() => file.current?.click()}>选择文件</Button>
        <span className={name ? 'file-name' : 'soft file-name'}>{name || '未选择文件'}</span>
      </div>
    </div>
  )
}
