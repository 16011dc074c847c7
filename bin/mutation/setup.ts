import fc from 'fast-check'

// A counterexample is enough to kill a mutant; nobody reads how small it could be made.
fc.configureGlobal({ endOnFailure: true, seed: 1 })
