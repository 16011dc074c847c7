import { ROLES, type Role } from '#kernel/authorisation/roles.ts'

// A chain as data: who decides one after the other. A step may be asked only from an amount on, in the court above, or
// of the holder of the post himself, where the law names him and nobody in his place.

export interface StepSpec {
  role: Role
  /** In the court above the thing's own. */
  above?: true
  /** Not by a deputy. */
  personal?: true
  /** Only where this money field of the answers or the thing reaches an amount. */
  from?: { field: string; fen: bigint }
}

/** One post, or several in their order; the first one always decides. */
export type ApprovalSpec = Role | readonly [Role | StepSpec, ...(Role | StepSpec)[]]

/** A step of one approval, as it was decided when it was proposed. */
export interface Step {
  role: Role
  courtId: number
  personal: boolean
}

export function stepSpecs(spec: ApprovalSpec): readonly StepSpec[] {
  return (typeof spec === 'string' ? [spec] : spec).map((one) => (typeof one === 'string' ? { role: one } : one))
}

/** Every post that may have to decide. */
export const approversOf = (spec: ApprovalSpec): Role[] => stepSpecs(spec).map(({ role }) => role)

/** The steps that this content needs, in the courts in which they are taken. */
export function stepsFor(
  spec: ApprovalSpec,
  content: Readonly<Record<string, unknown>>,
  courts: { own: number; above: number },
): Step[] {
  return stepSpecs(spec)
    .filter(({ from }, place) => place === 0 || !from || reaches(content[from.field], from.fen))
    .map(({ role, above, personal }) => ({
      role,
      courtId: above ? courts.above : courts.own,
      personal: personal === true,
    }))
}

function reaches(value: unknown, fen: bigint): boolean {
  return value !== null && value !== undefined && BigInt(value as string | bigint) >= fen
}

/** '执行局长、院长（10万元以上）' */
export function chainWords(spec: ApprovalSpec): string {
  return stepSpecs(spec)
    .map(({ role, above, from }) => `${above ? '上级法院' : ''}${ROLES[role].label}${from ? fromWords(from.fen) : ''}`)
    .join('、')
}

const FEN_OF_WAN = 1_000_000n

function fromWords(fen: bigint): string {
  return fen % FEN_OF_WAN === 0n ? `（${fen / FEN_OF_WAN}万元以上）` : `（${fen / 100n}元以上）`
}
