// Which number formats show a date. A cell's number is a date only by its format.

/** Built-in formats 14–22 and 45–47 everywhere; 27–36 and 50–58 are dates in Chinese, Japanese and Korean Excel. */
function isBuiltInDate(id: number): boolean {
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)
}

/** True for a format code that shows year, month, day, hour or second: `yyyy"年"m"月"d"日"` is, `#,##0.00"元"` is not. */
export function isDateFormat(id: number, code: string | null): boolean {
  if (code === null) return isBuiltInDate(id)
  const signs = (code.split(';')[0] ?? '')
    .replace(/"[^"]*"/g, '')
    .replace(/\\./g, '')
    .replace(/[_*]./g, '')
    .replace(/\[(?!(?:h+|m+|s+)\])[^\]]*\]/gi, '')
    .replace(/general|g\/通用格式/gi, '')
    .replace(/e[+-]/gi, '')
  return /[ymdhse]/i.test(signs)
}
