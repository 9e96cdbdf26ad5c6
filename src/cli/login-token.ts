import { type Tokens, tokenSchema } from './device-flow.ts'
import { Refusal } from './failure.ts'
import { IssuerError, postForm } from './issuer.ts'
import { keepLogin, type Login, readLogin } from './login-file.ts'

/** A token is renewed when it has less than this to live, in milliseconds: a call may take a while. */
const MARGIN = 60_000

/** The access token of the login, renewed if it is about to end. Throws a Refusal when one must log in again. */
export async function tokenOfLogin(path: string, now: () => Date): Promise<string> {
  const login = await readLogin(path)
  if (login === null) throw new Refusal('You are not logged in any more. Run `sallyport login`.')
  if (login.expiresAt === null || Date.parse(login.expiresAt) - now().getTime() > MARGIN) return login.token
  const { issued } = login
  if (issued === null || issued.refreshToken === null) throw ended(login)
  const form = { grant_type: 'refresh_token', refresh_token: issued.refreshToken, client_id: issued.clientId }
  const tokens = await postForm(issued.tokenEndpoint, form, tokenSchema).catch((error: unknown) => {
    throw error instanceof IssuerError && error.code === 'invalid_grant' ? ended(login) : error
  })
  const refreshToken = tokens.refresh_token ?? issued.refreshToken
  await keepLogin(path, { ...login, ...partsOf(tokens, now()), issued: { ...issued, refreshToken } })
  return tokens.access_token
}

/** What of a token answer goes into the file, beside where it is from. */
export const partsOf = (tokens: Tokens, now: Date): Pick<Login, 'token' | 'expiresAt'> => ({
  token: tokens.access_token,
  expiresAt: tokens.expires_in === undefined ? null : new Date(now.getTime() + tokens.expires_in * 1000).toISOString(),
})

const ended = ({ url }: Login) => new Refusal(`Your login at ${url} has ended. Run \`sallyport login\`.`)
