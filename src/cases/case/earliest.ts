/** No limit is known for what happened before, and no case was filed then. */
export const EARLIEST_ON = '1990-01-01'
