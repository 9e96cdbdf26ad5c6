import { readFileSync } from 'node:fs'

interface Package {
  readonly version: string
}

/** Of Sallyport; package.json stands beside src and dist alike. */
export const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as Package // our own file
