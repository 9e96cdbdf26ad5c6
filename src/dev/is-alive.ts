/** True if there is a process of this id, ours or somebody else's. What is no id of one process counts as not alive. */
export function isAlive(processId: number): boolean {
  if (!(processId > 0)) return false
  try {
    process.kill(processId, 0) // sends nothing
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
