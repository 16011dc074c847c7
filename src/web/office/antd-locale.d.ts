// antd is published as CommonJS with an ES build beside it; the checker sees the first, Vite bundles the second.
declare module 'antd/es/locale/zh_CN.js' {
  import type { ConfigProviderProps } from 'antd'

  const locale: NonNullable<ConfigProviderProps['locale']>
  export default locale
}
