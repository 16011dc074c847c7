import { Modal } from 'antd'
import { useEffect, useState } from 'react'
import { Icon } from '#web/office/parts/icon.tsx'
import { isTyping } from '#web/office/parts/row-keys.ts'

const KEYS: [string[], string][] = [
  [['/'], '到搜索框'],
  [['J', '↓'], '列表中下一条'],
  [['K', '↑'], '列表中上一条'],
  [['回车'], '打开选中的一条'],
  [['←', '→'], '切换标签页（焦点在标签上时）'],
  [['Ctrl', '回车'], '提交正在填写的表单'],
  [['Esc'], '关闭右侧栏或对话框'],
  [['?'], '打开本帮助'],
]

/** The keys that work everywhere, shown by the question mark. */
export function KeyHelp() {
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    const show = (event: KeyboardEvent) => {
      if (['?', '？'].includes(event.key) && !isTyping(event.target)) setOpen(true)
    }
    document.addEventListener('keydown', show)
    return () => document.removeEventListener('keydown', show)
  }, [])
  return (
    <>
      <button type="button" className="top-button wide-only" aria-label="键盘操作帮助" onClick={() => setOpen(true)}>
        <Icon name="help" />
      </button>
      <Modal title="键盘操作" open={isOpen} footer={null} onCancel={() => setOpen(false)} width={420}>
        <dl className="key-list">
          {KEYS.map(([keys, what]) => (
            <div key={what}>
              <dt lang="en">
                {keys.map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
      </Modal>
    </>
  )
}
