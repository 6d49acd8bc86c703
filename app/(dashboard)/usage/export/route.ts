import type { NextRequest } from "next/server";
import { fileAnswer } from "@/app/(dashboard)/file-answer";
import { spanOf } from "@/components/usage/time-buckets";
import { readUsageView } from "@/components/usage/usage-view";
import { exportFormats } from "@/lib/queries/export-file";
import { usageFile } from "@/lib/queries/usage-export";
import { currentAccount } from "@/lib/session/current-account";

/** The usage a screen shows, whole, as a file. */
export async function GET(request: NextRequest): Promise<Response> {
  const account = await currentAccount();
  if (!account) return new Response("Sign in to export your usage.\n", { status: 401 });
  const search = Object.fromEntries(request.nextUrl.searchParams);
  const format = exportFormats.find((each) => each === search.format) ?? "csv";
  const view = readUsageView(search);
  const span = spanOf(view.period, Date.now());
  const days = [span.from, new Date(span.to.getTime() - 1)].map((at) => at.toISOString().slice(0, 10));
  const content = usageFile(account, { ...span, filters: view.filters }, format);
  return fileAnswer({ content, format, name: `tenspot-usage-${days.join("-to-")}` });
}
