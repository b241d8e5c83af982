import { z } from 'zod';

const name = z.string().min(1).max(200);
const ref = z.string().max(500).optional();
const values = z.record(name, z.union([z.string().max(20_000), z.array(z.string().max(500)).max(200), z.boolean()]));
/** One act on a person's own page, with an id that tells a repeated request apart. */
export const ownAct = z.strictObject({
  delivery: z.uuid(),
  act: z.discriminatedUnion('do', [
    z.strictObject({ do: z.literal('open'), section: name }),
    z.strictObject({ do: z.literal('press'), action: name, ref }),
    z.strictObject({ do: z.literal('submit'), form: name, ref, values }),
  ]),
});
