import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { expect } from 'vitest'
import type { testApi } from '../support/api.ts'
import { type Grant, Refused, type Request } from '../support/client.ts'
import { type Answer, type Asked, leavers, type Model, type ModelRequest, people, ruleSets, thingNames, things } from './model.ts'

/** Sallyport, its clock, and what has to be waited for until all that is due is done. */
export interface World {
  readonly api: ReturnType<typeof testApi>
  readonly step: (seconds: number) => Promise<void>
  readonly settle: () => Promise<void>
  readonly check: (model: Model) => Promise<void>
}

type Command = fc.AsyncCommand<Model, World>

/** A command that ends with everything held against the model. */
const command = (
  words: string,
  run: (model: Model, world: World) => Promise<void>,
  check: (model: Readonly<Model>) => boolean = () => true,
): Command => ({
  check,
  run: async (model, world) => {
    await run(model, world)
    await world.settle()
    model.notice()
    await world.check(model)
  },
  toString: () => words,
})

async function answerOf(call: Promise<unknown>): Promise<Answer | number> {
  try {
    await call
    return 'done'
  } catch (error) {
    if (error instanceof Refused) return error.status
    throw error
  }
}

const pick = (model: Readonly<Model>, index: number): ModelRequest | undefined => model.requests[index % Math.max(1, model.requests.length)]

/** One thing done to one request, once or by a double click; the second click finds the first one's effect. */
const about = (
  words: string,
  index: number,
  twice: boolean,
  expected: (model: Model, request: ModelRequest) => Answer,
  call: (world: World, request: ModelRequest) => Promise<Request | Grant | unknown>,
): Command =>
  command(
    `${words} #${index}${twice ? ', by a double click' : ''}`,
    async (model, world) => {
      const request = pick(model, index)
      if (request === undefined) return
      const calls = await Promise.all(Array.from({ length: twice ? 2 : 1 }, () => answerOf(call(world, request))))
      const answers = Array.from({ length: calls.length }, () => expected(model, request))
      expect(calls.map(String).sort()).toEqual(answers.map(String).sort())
    },
    (model) => model.requests.length > 0,
  )

/** The grant of a request that has one; grants are looked up by the auditor, who sees everything. */
async function grantOf(world: World, request: ModelRequest): Promise<string> {
  const [grant] = (await world.api.as('auditor').request(request.id)).grants
  return grant?.id ?? 'grt_01h455vb4pex5vsknk084sn02q'
}

const ask = (asked: Asked, retried: boolean): Command =>
  command(
    `${asked.requester} asks for ${asked.thing}, for ${asked.beneficiary}, ${asked.seconds} s${retried ? ', and asks again with the same key' : ''}`,
    async (model, world) => {
      const { requester, beneficiary, thing, seconds } = asked
      const body = { entitlements: [things[thing]], beneficiary, duration: `PT${seconds / 60}M` }
      const headers = { 'idempotency-key': randomUUID() }
      const attempt = () => world.api.as(requester).ask(body, headers)
      const expected = model.ask(asked)
      if (typeof expected === 'number') return expect(await answerOf(attempt())).toBe(expected)
      const { id } = await attempt()
      if (retried) expect((await attempt()).id).toBe(id)
      model.requests.push({ ...expected, id })
    },
  )

/** The API looks at the directory every five seconds where it only reads; here, at once. */
async function adopt({ api }: World, { changes }: Model): Promise<void> {
  await api.useRules(...changes)
  api.parts.ruleSets.forget()
}

const person = fc.constantFrom(...people)
const index = fc.nat({ max: 5 })
const twice = fc.boolean()

const asking = fc
  .tuple(
    fc.record({
      requester: person,
      beneficiary: person,
      thing: fc.constantFrom(...thingNames),
      seconds: fc.constantFrom(25 * 60, 55 * 60, 245 * 60),
    }),
    fc.boolean(),
  )
  .map(([asked, retried]) => ask(asked, retried))

const pass = (minutes: number): Command =>
  command(`${minutes} minutes pass`, async (model, world) => {
    await world.step(minutes * 60)
    model.now += minutes * 60
  })

const passing = fc.constantFrom(10, 42, 60, 300).map(pass)

/** A story that chance seldom tells: somebody is told that their access ends soon, and it ends. */
export const endsSoon: readonly Command[] = [
  ask({ requester: 'developer', beneficiary: 'developer', thing: 'staging', seconds: 55 * 60 }, false),
  ...[10, 42, 10].map(pass),
]

export const commands: fc.Arbitrary<Command>[] = [
  // Of every other kind there is one: nothing much becomes of a story in which nobody asks, or no time passes.
  ...[asking, asking, asking, passing, passing],
  fc.tuple(person, index, twice).map(([who, at, double]) =>
    about(
      `${who} approves`,
      at,
      double,
      (model, request) => model.approve(request, who),
      (world, { id }) => world.api.as(who).approve(id),
    ),
  ),
  fc.tuple(fc.constantFrom('dba', 'dba-2', 'security'), index).map(([who, at]) =>
    about(
      `${who} approves`,
      at,
      false,
      (model, request) => model.approve(request, who),
      (world, { id }) => world.api.as(who).approve(id),
    ),
  ),
  fc.tuple(person, index, twice).map(([who, at, double]) =>
    about(
      `${who} denies`,
      at,
      double,
      (model, request) => model.deny(request, who),
      (world, { id }) => world.api.as(who).deny(id),
    ),
  ),
  fc.tuple(person, index, twice).map(([who, at, double]) =>
    about(
      `${who} withdraws`,
      at,
      double,
      (model, request) => model.withdraw(request, who),
      (world, { id }) => world.api.as(who).withdraw(id),
    ),
  ),
  fc.constantFrom(...Object.keys(ruleSets)).map((name) =>
    command(`the rules become ${name}`, async (model, world) => {
      model.inForce = name
      await adopt(world, model)
    }),
  ),
  fc.constantFrom(...leavers).map((who) =>
    command(`${who} leaves, or returns`, async (model, world) => {
      if (!model.absent.delete(who)) model.leave(who)
      await adopt(world, model)
    }),
  ),
  fc.tuple(person, index, twice).map(([who, at, double]) =>
    command(
      `${who} returns #${at}${double ? ', by a double click' : ''}`,
      (model, world) =>
        ending(
          model,
          world,
          at,
          double,
          (request) => model.giveBack(request, who),
          (id) => world.api.as(who).giveBack(id),
        ),
      (model) => pick(model, at)?.grant != null,
    ),
  ),
  fc.tuple(index, twice).map(([at, double]) =>
    command(
      `admin revokes #${at}${double ? ', by a double click' : ''}`,
      (model, world) =>
        ending(
          model,
          world,
          at,
          double,
          (request) => model.revoke(request),
          (id) => world.api.as('admin').revoke(id),
        ),
      (model) => pick(model, at)?.grant != null,
    ),
  ),
]

async function ending(
  model: Model,
  world: World,
  at: number,
  twice: boolean,
  expected: (request: ModelRequest) => Answer,
  call: (grantId: string) => Promise<unknown>,
): Promise<void> {
  const request = pick(model, at)
  if (request === undefined) return
  const id = await grantOf(world, request)
  const calls = await Promise.all(Array.from({ length: twice ? 2 : 1 }, () => answerOf(call(id))))
  expect(calls.map(String).sort()).toEqual(calls.map(() => String(expected(request))).sort())
}
