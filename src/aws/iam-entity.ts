export interface IamEntity {
  readonly kind: 'role' | 'user' | 'group'
  readonly name: string
}

export interface InlinePolicy {
  readonly name: string
  /** Decoded, byte for byte as it was put. */
  readonly document: string
}
