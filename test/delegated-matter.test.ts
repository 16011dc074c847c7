import { delegatedMatter } from './kinds/delegated-matter.ts'
import { derivedSuite } from './suite/derived-suite.ts'

derivedSuite(delegatedMatter)
