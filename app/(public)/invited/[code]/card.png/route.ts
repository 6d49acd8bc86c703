import type { NextRequest } from "next/server";
import { cardImage } from "@/app/card-image";
import { invitedBy, paintable } from "@/components/invitation/invited-words";
import { invitationTerms } from "@/lib/programs/invitation";
import { noteWords } from "@/lib/programs/note-words";
import { invitationOf } from "@/lib/queries/invitation";
import { referralInForce } from "@/lib/queries/programs";
import { takeVisit } from "@/lib/session/limiter";
import { KEPT_NOWHERE } from "@/lib/session/page-headers";
import { publicOrigin } from "@/lib/session/public-origin";

/** The picture of a referral link, engraved from its code. */
export async function GET(request: NextRequest, route: { params: Promise<{ code: string }> }): Promise<Response> {
  const tooMany = takeVisit(request.headers, "preview");
  if (tooMany) return tooMany;
  const [invitation, current] = await Promise.all([invitationOf((await route.params).code), referralInForce()]);
  if (invitation.state !== "open" || !current)
    return new Response("There is no such link.\n", { status: 404, headers: { "Cache-Control": KEPT_NOWHERE } });
  const { code, firstName, seed } = invitation;
  const { what, worth } = noteWords(current);
  return cardImage({
    seed,
    title: `${invitedBy(paintable(firstName))}: ${what}`,
    worth,
    offer: invitationTerms(current).offer,
    link: `${new URL(publicOrigin()).host}/r/${code}`,
  });
}
