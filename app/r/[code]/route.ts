import type { NextRequest } from "next/server";
import { followReferral } from "@/lib/session/follow-referral";

/** A referral link is followed: remembered for 30 days if it is somebody's, and on to the page it leads to. */
export async function GET(request: NextRequest, route: { params: Promise<{ code: string }> }): Promise<Response> {
  return followReferral(request, (await route.params).code);
}
