// Mutants that no test notices, and why that is right. `mutant` is a part of `original → replacement`.

export interface Survivor {
  file: string
  mutant: string
  why: string
}

export const SURVIVORS: readonly Survivor[] = []
