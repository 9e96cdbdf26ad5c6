/** The part of the WebAssembly API that schema-engine.ts uses: Node has it, @types/node leaves it to lib.dom. */
declare namespace WebAssembly {
  type ModuleImports = Record<string, unknown>
  interface Instance {
    readonly exports: Record<string, unknown>
  }
  function instantiate(bytes: Uint8Array, imports: Record<string, ModuleImports>): Promise<{ instance: Instance }>
}
