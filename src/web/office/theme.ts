import { type ThemeConfig, theme } from 'antd'

// The compact algorithm also shrinks the text to 12 px; its spacing is wanted, its letters are not.
const denseAlgorithm: typeof theme.compactAlgorithm = (seed) => {
  const kept = Object.entries(theme.defaultAlgorithm(seed)).filter(([name]) =>
    /^(font|lineHeight|controlHeight)/.test(name),
  )
  return { ...theme.compactAlgorithm(seed), ...Object.fromEntries(kept) }
}

/** Whoever asks his system for less motion sees things come and go at once. */
const motion = !matchMedia('(prefers-reduced-motion: reduce)').matches

/** Court blue, dense, 14 px; red only for what is overdue or dangerous. */
export const officeTheme: ThemeConfig = {
  algorithm: denseAlgorithm,
  token: {
    colorPrimary: '#1f3f7a',
    colorInfo: '#1f3f7a',
    colorLink: '#1f4fa3',
    colorError: '#b3261e',
    colorSuccess: '#1b6e3c',
    colorWarning: '#8a5200',
    colorBgLayout: '#f5f6f8',
    colorText: '#1d2433',
    colorTextSecondary: '#566073',
    colorTextTertiary: '#5f6878',
    colorTextDescription: '#5f6878',
    colorTextPlaceholder: '#667085',
    fontSize: 14,
    fontSizeSM: 13,
    controlHeight: 32,
    controlHeightSM: 26,
    borderRadius: 4,
    motion,
    motionDurationMid: '0.12s',
    motionDurationSlow: '0.16s',
    fontFamily: 'inherit',
  },
  components: { Form: { itemMarginBottom: 18, verticalLabelPadding: '0 0 4px' } },
}
