/** A refusal. message: what and where; next: what to do; rule: the article or rule where one decides. */
export interface Refusal {
  status: number
  message: string
  next: string
  rule?: string
}
