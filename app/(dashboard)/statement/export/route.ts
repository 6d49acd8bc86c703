import type { NextRequest } from "next/server";
import { fileAnswer } from "@/app/(dashboard)/file-answer";
import { statementColumns } from "@/components/statement/statement-columns";
import { isSearch, readStatementView } from "@/components/statement/statement-view";
import { exportFile, exportFormats } from "@/lib/queries/export-file";
import { everyPosting } from "@/lib/queries/statement";
import { currentAccount } from "@/lib/session/current-account";

/** What the statement shows, or what was searched of it, whole, as a file: newest first. */
export async function GET(request: NextRequest): Promise<Response> {
  const account = await currentAccount();
  if (!account) return new Response("Sign in to export your statement.\n", { status: 401 });
  const search = Object.fromEntries(request.nextUrl.searchParams);
  const format = exportFormats.find((each) => each === search.format) ?? "csv";
  const view = readStatementView(search);
  const rows = everyPosting(account, view.wanted);
  const day = new Date().toISOString().slice(0, 10);
  const name = `tenspot-statement-${isSearch(view) ? "search-" : ""}${day}`;
  return fileAnswer({ content: exportFile({ format, rows, columns: statementColumns }), format, name });
}
