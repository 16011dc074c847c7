import { useRouter } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { address } from '#web/office/api.ts'
import { looksLikeCertificate } from '#web/office/parts/certificate.ts'
import { Icon } from '#web/office/parts/icon.tsx'
import { isTyping } from '#web/office/parts/row-keys.ts'
import { useScope } from '#web/office/session.ts'

/** Search by part of a name or case number from anywhere; the slash key leads here. */
export function SearchBox() {
  const box = useRef<HTMLInputElement>(null)
  const [hint, setHint] = useState('')
  const router = useRouter()
  const scope = useScope()
  useEffect(() => {
    const jump = (event: KeyboardEvent) => {
      if (event.key !== '/' || isTyping(event.target)) return
      event.preventDefault()
      box.current?.select()
    }
    document.addEventListener('keydown', jump)
    return () => document.removeEventListener('keydown', jump)
  }, [])
  const search = (text: string) => {
    if (looksLikeCertificate(text)) {
      setHint('证件号码请在案件列表的“按证件号码查”中查询。')
      return
    }
    setHint('')
    router.history.push(address('/cases', { q: text, scope: scope === 'own' ? undefined : scope }))
  }
  return (
    <search className="search">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          search(box.current?.value.trim() ?? '')
        }}
      >
        <Icon name="search" size={16} />
        <input
          ref={box}
          type="search"
          aria-label="查案件：当事人姓名或案号的一部分"
          placeholder="查案件：当事人或案号"
          maxLength={60}
        />
        {hint ? (
          <span className="search-hint" role="alert">
            {hint}
          </span>
        ) : null}
      </form>
    </search>
  )
}
