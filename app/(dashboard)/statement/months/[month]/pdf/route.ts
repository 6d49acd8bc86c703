import { fileAnswer } from "@/app/(dashboard)/file-answer";
import { monthPaper } from "@/components/papers/month-paper";
import { monthStatement } from "@/lib/queries/months";
import { currentAccount } from "@/lib/session/current-account";

/** A monthly statement as PDF. */
export async function GET(_request: Request, { params }: { params: Promise<{ month: string }> }): Promise<Response> {
  const account = await currentAccount();
  if (!account) return new Response("Sign in to see your statements.\n", { status: 401 });
  const month = await monthStatement(account, (await params).month);
  if (!month) return new Response("There is no statement of that month.\n", { status: 404 });
  return fileAnswer({ content: await monthPaper(month), format: "pdf", name: `tenspot-statement-${month.month}` });
}
