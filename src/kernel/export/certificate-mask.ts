// Whatever a column holds, no whole number of a certificate leaves in a file: people write them into remarks.

const IDENTITY = /(?<![\dA-Za-z])(\d{6})(\d{8}|\d{5})(\d{3}[\dXx])(?![\dA-Za-z])/g

/** A text in which identity numbers (18 or 15 characters) show their first six and last four characters only. */
export function withoutCertificates(text: string): string {
  return text.replace(IDENTITY, (_, first: string, middle: string, last: string) => {
    return `${first}${'*'.repeat(middle.length)}${last}`
  })
}
