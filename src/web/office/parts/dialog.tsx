import { Modal, type ModalProps } from 'antd'
import { useEffect, useRef } from 'react'

const FIRST_FIELD = 'input:not([type="file"]):not([disabled]), textarea:not([disabled])'

/** A dialog that stands as long as it is drawn: the first field takes the focus, and what opened it gets it back. */
export function Dialog({ children, ...props }: Omit<ModalProps, 'open'>) {
  const body = useRef<HTMLDivElement>(null)
  const opener = useRef(document.activeElement)
  useEffect(() => {
    const before = opener.current
    return () => {
      // After the dialog has gone, or its own trap would take the focus once more.
      window.setTimeout(() => before instanceof HTMLElement && before.isConnected && before.focus())
    }
  }, [])
  const begin = (isOpen: boolean) => {
    // A field that takes the focus on a phone calls the keyboard over half of the screen.
    if (!isOpen || window.matchMedia('(pointer: coarse)').matches) return
    body.current?.querySelector<HTMLElement>(FIRST_FIELD)?.focus()
  }
  return (
    <Modal open cancelText="取消" {...props} afterOpenChange={begin}>
      <div ref={body}>{children}</div>
    </Modal>
  )
}
