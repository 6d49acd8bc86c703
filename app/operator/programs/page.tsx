import type { Metadata } from "next";
import { given, type SearchProps } from "@/app/operator/search";
import { moneyText } from "@/components/money-text";
import { ProgramItem } from "@/components/operator/program-item";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { programViews } from "@/lib/queries/operator/programs";
import { requireOperator } from "@/lib/session/current-operator";
import { changeProgram } from "./actions";

export const metadata: Metadata = { title: "Programs" };

export default async function ProgramsPage({ searchParams }: SearchProps) {
  await requireOperator();
  const programs = await programViews();
  const name = given(await searchParams, "changed");
  const changed = programs.find(({ program }) => program === name)?.settings;
  return (
    <>
      <PageHeader
        title="Programs"
        lead="How much each program may give, and whether it gives now. Terms are versions of their own and never change for those who joined."
      />
      <div className="grid gap-8">
        {changed && (
          <Notice
            announce
            title={`${name} ${changed.paused ? "is paused" : "runs"}, ${
              changed.budget === null
                ? "with no limit to its budget"
                : `with a budget of ${moneyText(changed.budget).exact}`
            }.`}
          >
            {changed.queued > 0
              ? "Draws that wait are taken up in the order they became due, as far as the budget reaches."
              : "No draw waits."}
          </Notice>
        )}
        {programs.map((program) => (
          <ProgramItem key={program.program} program={program} action={changeProgram} />
        ))}
      </div>
    </>
  );
}
