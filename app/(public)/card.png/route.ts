import type { NextRequest } from "next/server";
import { cardImage } from "@/app/card-image";
import { noteWords } from "@/lib/programs/note-words";
import { oddsHash } from "@/lib/programs/odds";
import { programSentences } from "@/lib/programs/sentences";
import { currentPrograms } from "@/lib/queries/programs";
import { takeVisit } from "@/lib/session/limiter";
import { KEPT_NOWHERE } from "@/lib/session/page-headers";
import { publicOrigin } from "@/lib/session/public-origin";

/** The picture of the product, engraved from the odds in force. */
export async function GET(request: NextRequest): Promise<Response> {
  const tooMany = takeVisit(request.headers, "preview");
  if (tooMany) return tooMany;
  const signup = (await currentPrograms()).flatMap(({ terms }) => (terms.program === "signup-bonus" ? terms : []))[0];
  if (!signup)
    return new Response("No bonus is offered now.\n", { status: 404, headers: { "Cache-Control": KEPT_NOWHERE } });
  const { title, worth } = noteWords(signup);
  return cardImage({
    seed: signup.bonus.kind === "draw" ? oddsHash(signup.bonus.odds) : "10",
    title,
    worth,
    offer: programSentences(signup).offer,
    link: new URL(publicOrigin()).host,
  });
}
