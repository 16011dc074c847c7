/** True for text that could be a certificate number; such text never goes into an address. */
export function looksLikeCertificate(text: string): boolean {
  return /^[0-9A-Za-z]{15,18}$/.test(text.trim())
}
