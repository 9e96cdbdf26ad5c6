import { declareCatalog } from '../catalog/index.ts'
import { declareGuards } from '../grants/index.ts'
import type { Declare } from '../identity/index.ts'
import { declareSlack } from '../slack/index.ts'

/** Makes everything what sallyport.yaml declares, in the transaction that brings it into force. */
export const declare: Declare = async (tx, file, actor) => {
  await declareCatalog(tx, file)
  await declareGuards(tx, file.principals, actor)
  await declareSlack(tx, file)
}
