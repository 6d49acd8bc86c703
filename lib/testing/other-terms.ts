import type { ParametersOf, ProgramName } from "@/lib/programs/terms";
import type { ApiHarness } from "./api-harness";

let versions = 0;

/**
 * Puts a version into force, from the clock's present instant on, that differs from the program's latest one in some
 * parameters: whoever is enrolled from now on is pinned to it.
 * @returns the version's name
 */
export async function otherTerms<P extends ProgramName>(
  api: ApiHarness,
  program: P,
  changed: Partial<ParametersOf<P>>,
): Promise<string> {
  versions += 1;
  const version = `other-${versions}`;
  await api.owner`
    insert into terms (program, version, effective_from, effective_until, parameters)
    select program, ${version}, ${new Date(api.clock.now.getTime() - 100_000 + versions).toISOString()}, null,
           parameters || ${JSON.stringify(changed)}::text::jsonb
      from terms where program = ${program} order by effective_from desc limit 1`;
  return version;
}

/** A bonus that is drawn, always of so many cents. */
export const alwaysCents = (cents: number) =>
  ({ kind: "draw", odds: { tiers: [[1_000_000, cents, cents]], v: 1 } }) as const;
