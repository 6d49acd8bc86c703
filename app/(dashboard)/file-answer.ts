import type { ExportFormat } from "@/lib/queries/export-file";

const types = {
  csv: "text/csv; charset=utf-8",
  json: "application/json; charset=utf-8",
  pdf: "application/pdf",
} as const satisfies Record<ExportFormat | "pdf", string>;

interface FileAnswer {
  content: BodyInit;
  format: keyof typeof types;
  /** Without its extension: letters, digits and hyphens. */
  name: string;
}

/** A file of somebody's own, to be kept under its name. */
export const fileAnswer = ({ content, format, name }: FileAnswer): Response =>
  new Response(content, {
    headers: {
      "Content-Type": types[format],
      "Content-Disposition": `attachment; filename="${name}.${format}"`,
      "Cache-Control": "private, no-store",
    },
  });
