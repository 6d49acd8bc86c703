import type { NextRequest } from "next/server";
import { spanOf } from "@/components/usage/time-buckets";
import { readUsageView } from "@/components/usage/usage-view";
import { exportFormats, usageFile } from "@/lib/queries/usage-export";
import { currentAccount } from "@/lib/session/current-account";

const types = { csv: "text/csv; charset=utf-8", json: "application/json; charset=utf-8" } as const;

/** The usage a screen shows, whole, as a file. */
export async function GET(request: NextRequest): Promise<Response> {
  const account = await currentAccount();
  if (!account) return new Response("Sign in to export your usage.\n", { status: 401 });
  const search = Object.fromEntries(request.nextUrl.searchParams);
  const format = exportFormats.find((each) => each === search.format) ?? "csv";
  const view = readUsageView(search);
  const span = spanOf(view.period, Date.now());
  const days = [span.from, new Date(span.to.getTime() - 1)].map((at) => at.toISOString().slice(0, 10));
  return new Response(usageFile(account, { ...span, filters: view.filters }, format), {
    headers: {
      "Content-Type": types[format],
      "Content-Disposition": `attachment; filename="tenspot-usage-${days.join("-to-")}.${format}"`,
      "Cache-Control": "private, no-store",
    },
  });
}
