import { useEffect } from 'react'

// Comes with the first download: it must stand even where nothing else could be fetched.

/**
 * In place of a page that failed: a script error, or a part that could not be fetched after an update of the server.
 */
export function BrokenPage({ error }: { error: unknown }) {
  const isFetch = error instanceof TypeError && /import|fetch/i.test(error.message)
  useEffect(() => {
    document.title = '页面未能打开 · 执行指挥中心平台'
  }, [])
  return (
    <main className="before-frame">
      <div className="refusal" role="alert">
        <strong>{isFetch ? '页面未能读取' : '页面出现问题'}</strong>
        <span>
          {isFetch
            ? '网络中断，或系统刚刚更新。请重试；已提交的内容不受影响。'
            : '请重试；仍不行请联系本院系统管理员，说明所在页面和操作。'}
        </span>
      </div>
      <button type="button" className="main-button" onClick={() => location.reload()}>
        重试
      </button>{' '}
      <a href="/">回到工作台</a>
    </main>
  )
}
